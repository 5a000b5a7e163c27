package dev.weir.memory;

import dev.weir.port.Time;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A clock that moves only when a test moves it, or when someone pauses: a pause returns at once and the clock has advanced by it.
 * Thread-safe.
 */
public final class ManualTime implements Time {
    private final AtomicLong epochMillis;

    /** A clock that stands at the given moment, milliseconds since the epoch. */
    public ManualTime(long epochMillis) {
        this.epochMillis = new AtomicLong(epochMillis);
    }

    @Override
    public long epochMillis() {
        return epochMillis.get();
    }

    @Override
    public void pause(Duration duration) {
        if (duration.isPositive()) {
            epochMillis.addAndGet(duration.toMillis());
        }
    }

    /** Moves the clock; a negative duration moves it back. */
    public void advance(Duration duration) {
        epochMillis.addAndGet(duration.toMillis());
    }
}
