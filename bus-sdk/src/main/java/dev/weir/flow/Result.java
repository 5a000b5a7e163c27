package dev.weir.flow;

import dev.weir.model.Json;
import org.jspecify.annotations.Nullable;

/**
 * An event that a lane adds to a queue, before it has its envelope and its id.
 *
 * @param sourceMillis the time of the event that it came from
 * @param correlation which event of which queue that is; null if it is of no queue
 */
record Result(Json payload, long sourceMillis, @Nullable Json correlation) implements Outputs.Entry {
    private static final int BYTES = 200;

    Result(Json payload, long sourceMillis) {
        this(payload, sourceMillis, null);
    }

    static Result of(Json payload, Cause cause) {
        return new Result(payload, cause.sourceMillis(), cause.correlation());
    }

    @Override
    public int bytes() {
        return payload.length() + BYTES + (correlation == null ? 0 : correlation.length());
    }
}
