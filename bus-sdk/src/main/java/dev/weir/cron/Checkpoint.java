package dev.weir.cron;

import dev.weir.port.Attribute;
import dev.weir.port.Item;
import dev.weir.port.Key;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How far a bot has read or written a queue.
 *
 * @param eid id of the last event; a partial id is a position too
 * @param sourceMillis when the source made that event, by the source's clock
 * @param startedMillis when the bot began with it
 * @param endedMillis when it was done
 * @param records events since the checkpoint before
 */
public record Checkpoint(String eid, long sourceMillis, long startedMillis, long endedMillis, long records) {

    /** As it is stored, in the names of RStreams. */
    Attribute toAttribute() {
        return Attribute.of(Map.of(
                "checkpoint", Attribute.of(eid),
                "source_timestamp", Attribute.of(sourceMillis),
                "started_timestamp", Attribute.of(startedMillis),
                "ended_timestamp", Attribute.of(endedMillis),
                "records", Attribute.of(records)));
    }

    /** Empty if no id is stored, as when a bot is registered and has not run; times that are not stored are 0. */
    static Optional<Checkpoint> from(Key key, Attribute stored) {
        if (!(stored instanceof Attribute.Struct struct)
                || !(struct.value().get("checkpoint") instanceof Attribute.Text eid)
                || eid.value().isEmpty()) {
            return Optional.empty();
        }
        Map<String, Attribute> numbers = new HashMap<>(struct.value());
        numbers.values().removeIf(value -> !(value instanceof Attribute.Number));
        Item item = new Item(key, numbers);
        return Optional.of(new Checkpoint(
                eid.value(),
                whole(item, "source_timestamp"),
                whole(item, "started_timestamp"),
                whole(item, "ended_timestamp"),
                whole(item, "records")));
    }

    /** Other clients store fractions. */
    private static long whole(Item item, String name) {
        return item.get(name) instanceof Attribute.Number number
                ? number.value().longValue()
                : 0;
    }
}
