package dev.weir.cron;

import dev.weir.port.StoreUnavailableException;
import dev.weir.port.Time;
import dev.weir.port.WriteOutcome;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * Repeats what reads a row and writes it on condition, until it is done. For steps that look at the row first: a write whose answer was
 * lost is then seen to have been done. Thread-safe if its clock is.
 */
final class Insistence {

    /** Most times that a step is tried. */
    static final int ATTEMPTS_MAX = 12;

    private static final Duration PAUSE_FIRST = Duration.ofMillis(10);
    private static final Duration PAUSE_MAX = Duration.ofMillis(640);

    private final Time time;

    Insistence(Time time) {
        this.time = time;
    }

    /**
     * Tries a step until it is written. The step reads, decides and writes; it answers {@link WriteOutcome#WRITTEN} also when there is
     * nothing to do.
     *
     * @param what the step and its object, for messages
     * @throws StoreUnavailableException if no attempt succeeds
     */
    void until(String what, Supplier<WriteOutcome> step) {
        WriteOutcome last = WriteOutcome.WRITTEN;
        for (int attempt = 0; attempt < ATTEMPTS_MAX; attempt++) {
            last = step.get();
            if (last instanceof WriteOutcome.Written) {
                return;
            }
            Duration pause = PAUSE_FIRST.multipliedBy(1L << Math.min(attempt, 10));
            time.pause(pause.compareTo(PAUSE_MAX) < 0 ? pause : PAUSE_MAX);
        }
        throw new StoreUnavailableException(what + " did not succeed: attempts=" + ATTEMPTS_MAX + " last=" + last);
    }
}
