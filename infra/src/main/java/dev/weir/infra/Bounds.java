package dev.weir.infra;

import java.time.Duration;

/** Says of a value that is out of bounds which one it is and what may be given instead. */
final class Bounds {
    private Bounds() {}

    static void check(String name, long value, long min, long max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(name + " must be " + min + " to " + max + ": " + name + "=" + value);
        }
    }

    /** Whole seconds too, since AWS takes nothing finer. */
    static void check(String name, Duration value, Duration min, Duration max) {
        if (value.compareTo(min) < 0
                || value.compareTo(max) > 0
                || !value.equals(Duration.ofSeconds(value.toSeconds()))) {
            throw new IllegalArgumentException(
                    name + " must be " + min + " to " + max + " in whole seconds: " + name + "=" + value);
        }
    }
}
