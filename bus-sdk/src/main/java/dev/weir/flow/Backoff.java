package dev.weir.flow;

import dev.weir.port.Time;
import java.time.Duration;

/** Waits that double, until a deadline. Not thread-safe. */
final class Backoff {
    private final Time time;
    private final long deadlineMillis;
    private Duration next = Limits.BACKOFF_FIRST;
    private int pauses;

    Backoff(Time time, long deadlineMillis) {
        this.time = time;
        this.deadlineMillis = deadlineMillis;
    }

    /** Waits, and answers true; or answers false at once when the wait would pass the deadline. */
    boolean pause() {
        if (time.epochMillis() + next.toMillis() >= deadlineMillis) {
            return false;
        }
        time.pause(next);
        pauses++;
        next = next.multipliedBy(2).compareTo(Limits.BACKOFF_MAX) > 0 ? Limits.BACKOFF_MAX : next.multipliedBy(2);
        return true;
    }

    /** How often it waited. */
    int pauses() {
        return pauses;
    }
}
