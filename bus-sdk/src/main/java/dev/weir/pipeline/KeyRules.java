package dev.weir.pipeline;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

/**
 * What is asked of the events of a key before any step sees them.
 *
 * @param id business id, of which each counts once within the horizon
 * @param sequence number 1, 2, 3, ... by which they are put in order
 */
record KeyRules(
        Optional<Rule<Function<Object, Optional<String>>>> id,
        Optional<Rule<Function<Object, OptionalLong>>> sequence) {
    static final KeyRules NONE = new KeyRules(Optional.empty(), Optional.empty());

    /** A function of an event and how long it holds. */
    record Rule<F>(F function, Duration duration) {
        Rule {
            if (duration.isNegative() || duration.isZero()) {
                throw new IllegalArgumentException("duration must be positive: duration=" + duration);
            }
        }
    }
}
