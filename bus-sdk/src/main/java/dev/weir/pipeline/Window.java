package dev.weir.pipeline;

import java.time.Duration;

/**
 * How event time is cut into windows. A window has its first millisecond and not its last.
 *
 * <p>A window of a key gives one result, when the watermark has passed its end by the lateness: the latest event time that the lane has
 * seen, of several feeds that of the one furthest behind; if nothing arrives, time goes on with the clock on the wall after
 * a minute. What comes after its window gave its result is late: it becomes an event of {@code <bot>.late} and nothing else.
 */
public sealed interface Window {

    /** Most windows that one value may be in. */
    int OVERLAP_MAX = 100;

    /** How long a window waits beyond its end for what comes late. */
    Duration lateness();

    /**
     * The same, but it waits so long: {@code Window.tumbling(Duration.ofMinutes(1)).waiting(Duration.ofSeconds(10))}. Between lanes and shards there is no order: what one is ahead of another, lateness must cover. A window
     * of results that travelled from windows of other keys must wait longer than those.
     */
    Window waiting(Duration lateness);

    /** Windows of one length that follow each other, or, with a shorter step, overlap. */
    record Fixed(Duration size, Duration step, Duration lateness) implements Window {
        public Fixed {
            KeyedStage.positive(size);
            KeyedStage.positive(step);
            notNegative(lateness);
            if (step.compareTo(size) > 0 || size.toMillis() > OVERLAP_MAX * step.toMillis()) {
                throw new IllegalArgumentException("windows must begin at least every size and at most " + OVERLAP_MAX
                        + " times in it: size=" + size + " step=" + step);
            }
        }

        @Override
        public Fixed waiting(Duration longer) {
            return new Fixed(size, step, longer);
        }
    }

    /** Windows that end when nothing came for the gap. */
    record Session(Duration gap, Duration lateness) implements Window {
        public Session {
            KeyedStage.positive(gap);
            notNegative(lateness);
        }

        @Override
        public Session waiting(Duration longer) {
            return new Session(gap, longer);
        }
    }

    /** One after another: {@code Window.tumbling(Duration.ofMinutes(1))}. */
    static Window tumbling(Duration size) {
        return new Fixed(size, size, Duration.ZERO);
    }

    /** A new one each step: {@code Window.sliding(Duration.ofMinutes(10), Duration.ofMinutes(1))}. */
    static Window sliding(Duration size, Duration step) {
        return new Fixed(size, step, Duration.ZERO);
    }

    /** As long as values come within the gap of each other: {@code Window.session(Duration.ofMinutes(30))}. */
    static Window session(Duration gap) {
        return new Session(gap, Duration.ZERO);
    }

    private static void notNegative(Duration lateness) {
        if (lateness.isNegative()) {
            throw new IllegalArgumentException("lateness must not be negative: lateness=" + lateness);
        }
    }
}
