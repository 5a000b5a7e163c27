package dev.weir.local.mapping;

import dev.weir.port.Time;
import java.time.Duration;

/** The real clock, for tests that run real threads. */
public final class WallTime implements Time {

    @Override
    public long epochMillis() {
        return System.currentTimeMillis();
    }

    @Override
    public void pause(Duration duration) {
        try {
            Thread.sleep(duration);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
