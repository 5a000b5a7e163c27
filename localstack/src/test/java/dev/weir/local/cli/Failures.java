package dev.weir.local.cli;

import dev.weir.local.mapping.MappingListener;
import dev.weir.local.mapping.Outcome;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Counts the batches that failed, and knows when the function is at work. Thread-safe. */
final class Failures implements MappingListener {
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(30);

    private int busy;
    private int seen;

    @Override
    public synchronized void batchStarted(BatchInfo batch) {
        busy++;
        notifyAll();
    }

    @Override
    public synchronized void batchFinished(BatchInfo batch, Outcome outcome, @Nullable String error) {
        busy--;
        seen += error == null ? 0 : 1;
    }

    synchronized int seen() {
        return seen;
    }

    /** Waits until a batch is with the function. */
    synchronized void awaitBusy() {
        long end = System.nanoTime() + PATIENCE_NANOS;
        try {
            while (busy == 0) {
                long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
                if (left <= 0) {
                    throw new TimeoutException("no batch came");
                }
                wait(left);
            }
        } catch (InterruptedException | TimeoutException e) {
            throw new IllegalStateException(e);
        }
    }
}
