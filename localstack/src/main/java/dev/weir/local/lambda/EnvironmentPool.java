package dev.weir.local.lambda;

import dev.weir.local.mapping.FunctionErrorException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The execution environments of one function: the one used last is used next, a new one starts when all are busy. Thread-safe. */
final class EnvironmentPool {
    private final Supplier<? extends ExecutionEnvironment> fresh;
    private final Semaphore permits;
    private final ConcurrentLinkedDeque<ExecutionEnvironment> idle = new ConcurrentLinkedDeque<>();
    private final Set<ExecutionEnvironment> alive = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean closed = new AtomicBoolean();

    EnvironmentPool(int max, Supplier<? extends ExecutionEnvironment> fresh) {
        this.fresh = fresh;
        this.permits = new Semaphore(max, true);
    }

    byte[] invoke(byte[] event) throws FunctionErrorException {
        acquire();
        try {
            ExecutionEnvironment environment = take();
            try {
                return environment.invoke(event);
            } finally {
                giveBack(environment);
            }
        } finally {
            permits.release();
        }
    }

    /** Ends every environment; the next call starts a new one. */
    void killAll() {
        alive.forEach(ExecutionEnvironment::close);
    }

    void close() {
        closed.set(true);
        killAll();
    }

    /** Environments that can be called or are being called. */
    int size() {
        return (int) alive.stream().filter(ExecutionEnvironment::reusable).count();
    }

    private void acquire() {
        try {
            permits.acquire();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while all environments of the function were busy", e);
        }
        if (closed.get()) {
            permits.release();
            throw new IllegalStateException("the function was closed, make a new one");
        }
    }

    private ExecutionEnvironment take() {
        @Nullable ExecutionEnvironment next;
        while ((next = idle.pollFirst()) != null) {
            if (next.reusable()) {
                return next;
            }
            end(next);
        }
        ExecutionEnvironment started = fresh.get();
        alive.add(started);
        return started;
    }

    private void giveBack(ExecutionEnvironment environment) {
        if (environment.reusable() && !closed.get()) {
            idle.addFirst(environment);
        } else {
            end(environment);
        }
    }

    private void end(ExecutionEnvironment environment) {
        alive.remove(environment);
        environment.close();
    }
}
