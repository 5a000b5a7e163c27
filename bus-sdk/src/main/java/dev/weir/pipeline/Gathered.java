package dev.weir.pipeline;

import dev.weir.model.Json;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A batch of one key that has not ended. Values are kept as text, which is what a commit writes each time that one is added. Immutable.
 *
 * @param until when it ends by the clock on the wall, milliseconds since the epoch; {@link #EVER} if time does not end it
 * @param latest event time of its values
 * @param bytes of its values as one JSON list
 */
record Gathered(long until, long latest, List<Json> values, int bytes) {
    static final long EVER = Long.MAX_VALUE;

    static final Gathered NONE = new Gathered(EVER, Long.MIN_VALUE, List.of(), 1);

    boolean isEmpty() {
        return values.isEmpty();
    }

    /** What the bytes are with one value more. */
    int bytesWith(Json value) {
        return bytes + value.length() + 1;
    }

    Gathered with(Json value, long millis, long end) {
        List<Json> all = new ArrayList<>(values.size() + 1);
        all.addAll(values);
        all.add(value);
        return new Gathered(end, Math.max(latest, millis), Collections.unmodifiableList(all), bytesWith(value));
    }
}
