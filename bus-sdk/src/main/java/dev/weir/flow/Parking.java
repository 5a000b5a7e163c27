package dev.weir.flow;

import dev.weir.flow.Counts.Count;
import dev.weir.model.Json;
import dev.weir.model.Step;
import dev.weir.wire.JsonCursor;
import org.jspecify.annotations.Nullable;

/** Takes events out of the way, with payload and reason; what is too large for an item by reference to its record. Not thread-safe. */
final class Parking<T, V> {
    private static final int REASON_CHARS_MAX = 2_000;

    private final String ownProducers;
    private final Lane<T, V> lane;
    private final JsonCursor cursor = new JsonCursor();

    Parking(String bot, Lane<T, V> lane) {
        this.ownProducers = bot + "/";
        this.lane = lane;
    }

    void park(Parcel<T> parcel, int index, @Nullable String key, Step step, String reason) {
        Json line = asItCame(parcel.producer(), parcel.lines().get(index));
        lane.draft.park(new Draft.Parked(
                parcel.origin(),
                parcel.index() + index,
                parcel.producer(),
                parcel.number() + index,
                key,
                step,
                reason.length() > REASON_CHARS_MAX ? reason.substring(0, REASON_CHARS_MAX) : reason,
                Oversize.is(line) ? null : line));
        lane.counts.add(Count.PARKED, 1);
    }

    /** A foreign event that travelled to its lane in a command is parked as its producer wrote it. */
    private Json asItCame(@Nullable String producer, Json line) {
        return producer != null
                        && producer.startsWith(ownProducers)
                        && Command.suspects(line)
                        && Command.parse(line, cursor) instanceof Command.Forward(Json inner)
                ? inner
                : line;
    }
}
