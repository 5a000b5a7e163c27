package dev.weir.pipeline;

import java.util.Comparator;

/**
 * That a step wants to be called for a key when the watermark has come so far.
 *
 * @param millis event time, milliseconds since the epoch
 * @param step its name
 */
record Timer(long millis, String step, String key) implements Comparable<Timer> {
    private static final Comparator<Timer> ORDER =
            Comparator.comparingLong(Timer::millis).thenComparing(Timer::step).thenComparing(Timer::key);

    @Override
    public int compareTo(Timer other) {
        return ORDER.compare(this, other);
    }

    /** An upper bound of the bytes of its JSON: a character takes six at most, when it is escaped. */
    int bytes() {
        return 32 + step.length() + 6 * key.length();
    }
}
