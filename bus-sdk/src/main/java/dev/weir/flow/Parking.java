package dev.weir.flow;

import dev.weir.flow.Counts.Count;
import dev.weir.model.Json;
import dev.weir.model.Step;
import org.jspecify.annotations.Nullable;

/** Takes events out of the way, with payload and reason; what is too large for an item by reference to its record. Not thread-safe. */
final class Parking<T, V> {
    private static final int REASON_CHARS_MAX = 2_000;

    private final Lane<T, V> lane;

    Parking(Lane<T, V> lane) {
        this.lane = lane;
    }

    void park(Parcel<T> parcel, int index, @Nullable String key, Step step, String reason) {
        Json line = parcel.lines().get(index);
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
}
