package dev.weir.local.up;

import dev.weir.local.bus.Subscription;
import dev.weir.local.lambda.InProcessFunction;
import dev.weir.local.mapping.FunctionErrorException;
import dev.weir.port.InvokeOutcome;
import dev.weir.port.Invoker;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * The functions of a bus that is up, by name, as Lambda's asynchronous invocations: started and not waited for. A failure is logged and not
 * repeated; who wants the run sees that it did not end. Closed before the functions are, it lets those that run finish. Thread-safe.
 */
final class Functions implements Invoker, AutoCloseable {
    private final Map<String, InProcessFunction> functions = new ConcurrentHashMap<>();
    private final Set<Thread> running = ConcurrentHashMap.newKeySet();
    private final Consumer<String> log;
    private volatile boolean isStopping;

    Functions(Consumer<String> log) {
        this.log = log;
    }

    void add(String name, InProcessFunction function) {
        functions.put(name, function);
    }

    @Override
    public InvokeOutcome invoke(String name, byte[] payload) {
        InProcessFunction function = functions.get(name);
        if (function == null) {
            return new InvokeOutcome.Refused("no such function here: name=" + name);
        }
        if (isStopping) {
            return new InvokeOutcome.Refused("the bus is being stopped: name=" + name);
        }
        Thread thread = Thread.ofVirtual().name("invoke-" + name).unstarted(() -> run(name, function, payload));
        running.add(thread);
        thread.start();
        return InvokeOutcome.ACCEPTED;
    }

    private void run(String name, InProcessFunction function, byte[] payload) {
        try {
            function.invoke(payload);
        } catch (FunctionErrorException | RuntimeException e) {
            log.accept("weir: a function failed: name=" + name + " reason=" + e.getMessage());
        } finally {
            running.remove(Thread.currentThread());
        }
    }

    /** Returns when nothing runs any more, or after a bounded time. */
    @Override
    public void close() {
        isStopping = true;
        long endNanos = System.nanoTime() + Subscription.DRAIN.toNanos();
        for (Thread thread : running) {
            try {
                if (!thread.join(Duration.ofNanos(Math.max(1, endNanos - System.nanoTime())))) {
                    log.accept("weir: a function did not finish: thread=" + thread.getName());
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}
