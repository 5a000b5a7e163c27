package dev.weir.aws;

import dev.weir.port.Time;
import java.time.Duration;

/** The clock of the machine. Thread-safe. */
public final class SystemTime implements Time {

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
