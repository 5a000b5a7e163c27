package dev.weir.writer;

import java.util.random.RandomGenerator;

/** How long a lane waits after its record was not accepted: doubling, bounded, and drawn from the upper half. Not thread-safe. */
final class Backoff {

    private static final int DOUBLINGS_MAX = 31;

    private final long firstMillis;
    private final long maxMillis;
    private final RandomGenerator random;

    Backoff(WriterLimits limits, RandomGenerator random) {
        this.firstMillis = limits.backoffFirst().toMillis();
        this.maxMillis = limits.backoffMax().toMillis();
        this.random = random;
    }

    /** The wait after so many tries, from 1. */
    long millis(int tries) {
        long full = Math.min(maxMillis, firstMillis << Math.min(tries - 1, DOUBLINGS_MAX));
        return full - random.nextLong(full / 2 + 1);
    }
}
