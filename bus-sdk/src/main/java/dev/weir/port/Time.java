package dev.weir.port;

import java.time.Duration;

/** The clock, as an argument. Thread-safe. */
public interface Time {

    /** Milliseconds since the epoch, UTC. May jump, also backwards. */
    long epochMillis();

    /** Waits. Returns early, with the interrupt flag set, when the thread is interrupted. */
    void pause(Duration duration);
}
