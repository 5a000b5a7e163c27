package dev.weir.flow;

import dev.weir.flow.Counts.Count;
import dev.weir.flow.ParkedEvent.Place;
import dev.weir.model.Json;
import dev.weir.model.Step;
import dev.weir.wire.JsonCursor;
import org.jspecify.annotations.Nullable;

/** Takes events out of the way, with payload and reason; what is too large for an item by reference to its record. Not thread-safe. */
final class Parking<T, V> {
    private static final int REASON_CHARS_MAX = 2_000;

    private final String bot;
    private final Lane<T, V> lane;
    private final JsonCursor cursor = new JsonCursor();

    Parking(String bot, Lane<T, V> lane) {
        this.bot = bot;
        this.lane = lane;
    }

    void park(Parcel<T> parcel, int index, @Nullable String key, Place place, Step step, String reason) {
        Json line = parcel.lines().get(index);
        Json asItCame = ParkingCommand.unwrapped(bot, parcel.producer(), line);
        boolean isCommand = asItCame.equals(line) && Command.isOf(bot, parcel.producer()) && Command.suspects(line);
        Draft.Parked event = new Draft.Parked(
                parcel.origin(),
                parcel.index() + index,
                parcel.producer(),
                parcel.number() + index,
                key,
                step,
                cut(reason),
                Oversize.is(asItCame) ? null : asItCame,
                place,
                isCommand);
        ParkedId id = new ParkedId(lane.id, lane.fence + 1, lane.draft.parked().size());
        lane.draft.park(event);
        lane.draft
                .parking()
                .tellParked(
                        ParkedNote.parked(bot, event.as(id), cursor),
                        parcel.origin().arrivalMillis());
        lane.counts.add(Count.PARKED, 1);
    }

    static String cut(String reason) {
        return reason.length() > REASON_CHARS_MAX ? reason.substring(0, REASON_CHARS_MAX) : reason;
    }
}
