package dev.weir.local.up;

import dev.weir.local.mapping.FunctionErrorException;
import dev.weir.local.mapping.FunctionInvoker;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A function that is invoked again and again, one invocation at a time, as by a rule of EventBridge. A failure is logged. */
final class Schedule implements AutoCloseable {
    private static final byte[] EVENT = "{\"source\":\"aws.events\"}".getBytes(StandardCharsets.US_ASCII);

    private final ScheduledExecutorService thread;

    private Schedule(ScheduledExecutorService thread) {
        this.thread = thread;
    }

    /**
     * Begins.
     *
     * @param period from the end of one invocation to the begin of the next
     */
    static Schedule start(
            String name, Duration first, Duration period, FunctionInvoker function, Consumer<String> log) {
        ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("schedule-" + name).factory());
        var _ = thread.scheduleWithFixedDelay(
                () -> invoke(name, function, log, thread), first.toMillis(), period.toMillis(), TimeUnit.MILLISECONDS);
        return new Schedule(thread);
    }

    private static void invoke(
            String name, FunctionInvoker function, Consumer<String> log, ScheduledExecutorService thread) {
        try {
            function.invoke(EVENT);
        } catch (FunctionErrorException | RuntimeException e) {
            if (!thread.isShutdown()) {
                log.accept("weir: a scheduled function failed: name=" + name + " reason=" + e.getMessage());
            }
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
