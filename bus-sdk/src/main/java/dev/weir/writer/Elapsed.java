package dev.weir.writer;

import dev.weir.port.Time;

/** Milliseconds since it was made, from a clock that may be set back: what was lost then is not counted. Not thread-safe. */
final class Elapsed {

    private final Time time;
    private long lastEpochMillis;
    private long elapsedMillis;

    Elapsed(Time time) {
        this.time = time;
        this.lastEpochMillis = time.epochMillis();
    }

    long millis() {
        long epochMillis = time.epochMillis();
        elapsedMillis += Math.max(0, epochMillis - lastEpochMillis);
        lastEpochMillis = epochMillis;
        return elapsedMillis;
    }
}
