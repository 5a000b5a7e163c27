package dev.weir.aws;

import dev.weir.port.StoreUnavailableException;
import dev.weir.port.Time;
import java.time.Duration;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkException;

/** Repeats calls that may be repeated: reads, and writes whose second sending changes nothing. Thread-safe if its clock is. */
final class Patience {

    /** Most times that a call is made. */
    static final int ATTEMPTS_MAX = 7;

    /** The pause before the second attempt; each following one is twice as long. */
    static final Duration PAUSE_FIRST = Duration.ofMillis(25);

    /** No pause is longer. */
    static final Duration PAUSE_MAX = Duration.ofSeconds(1);

    private final Time time;

    Patience(Time time) {
        this.time = time;
    }

    /**
     * The answer of the call, of the first attempt that has one.
     *
     * @param what the call and its object, for messages
     * @throws StoreUnavailableException if no attempt was answered, or the service refuses us
     * @throws IllegalArgumentException if the call is wrong
     */
    <T> T repeat(String what, Supplier<T> call) {
        for (int attempt = 1; ; attempt++) {
            try {
                return call.get();
            } catch (SdkException failed) {
                boolean mayPass = passes(what, failed);
                if (!mayPass || attempt == ATTEMPTS_MAX) {
                    throw new StoreUnavailableException(
                            what + " was not answered: attempts=" + attempt + " code=" + Failure.code(failed), failed);
                }
            }
            pauseAfter(attempt);
        }
    }

    /** Waits after the given attempt, counted from 1. */
    void pauseAfter(int attempt) {
        long factor = 1L << Math.min(attempt - 1, ATTEMPTS_MAX);
        Duration pause = PAUSE_FIRST.multipliedBy(factor);
        time.pause(pause.compareTo(PAUSE_MAX) < 0 ? pause : PAUSE_MAX);
    }

    private static boolean passes(String what, SdkException failed) {
        return switch (Failure.of(failed)) {
            case PASSES -> true;
            case UNANSWERED -> !(failed instanceof AbortedException);
            case BROKEN -> false;
            case REFUSED -> throw new IllegalArgumentException(what + " was refused: " + failed.getMessage(), failed);
        };
    }
}
