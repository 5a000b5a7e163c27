package dev.weir.local.kinesis;

import java.time.Duration;

/** A version that grows with every change, and the way to wait for it. Thread-safe. */
final class ChangeSignal {

    private long version;

    synchronized long version() {
        return version;
    }

    synchronized void changed() {
        version++;
        notifyAll();
    }

    /** Waits once, so it may return early; that is cheaper than a clock and harmless to a caller that loops. */
    @SuppressWarnings("WaitNotInLoop")
    synchronized long await(long lastSeenVersion, Duration timeout) throws InterruptedException {
        long millis = Math.max(1, timeout.toMillis());
        if (version <= lastSeenVersion && timeout.isPositive()) {
            wait(millis);
        }
        return version;
    }
}
