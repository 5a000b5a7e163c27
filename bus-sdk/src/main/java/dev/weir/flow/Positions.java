package dev.weir.flow;

import dev.weir.model.SequenceNumber;
import dev.weir.port.Attribute;
import dev.weir.port.Item;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * How far a lane has come in each shard it was ever in: layer one of dedupe. A lane that moves to a child shard keeps its past. Not
 * thread-safe.
 */
final class Positions {

    /** All records up to {@code at} are done but for that one, of which the first {@code events} are. */
    record Position(SequenceNumber at, int events) {
        /** How many events of a record are done. */
        int done(SequenceNumber record) {
            int order = record.compareTo(at);
            return order < 0 ? Integer.MAX_VALUE : order == 0 ? events : 0;
        }

        private String text() {
            return at.digits() + ":" + events;
        }

        private static Position parse(String text) {
            int colon = text.indexOf(':');
            return new Position(
                    new SequenceNumber(text.substring(0, colon)), Integer.parseInt(text.substring(colon + 1)));
        }
    }

    private static final Position NOTHING = new Position(SequenceNumber.ZERO, 0);

    /** By shard id, whose order is the order in which shards were made. */
    private final TreeMap<String, Position> byShard = new TreeMap<>();

    Position in(String shardId) {
        return byShard.getOrDefault(shardId, NOTHING);
    }

    /** How many events at the beginning of a parcel were delivered before. */
    int redelivered(Parcel<?> parcel) {
        long done = in(parcel.origin().shardId()).done(parcel.origin().sequenceNumber());
        return Math.clamp(done - parcel.index(), 0, parcel.count());
    }

    /** Records that the first {@code events} events of a record are done, and all records before it. Never goes back; answers whether it moved. */
    boolean advance(String shardId, SequenceNumber record, int events) {
        if (in(shardId).done(record) >= events) {
            return false;
        }
        byShard.put(shardId, new Position(record, events));
        if (byShard.size() > Limits.POSITIONS_MAX) {
            byShard.pollFirstEntry();
        }
        return true;
    }

    Attribute toAttribute() {
        Map<String, Attribute> entries = new LinkedHashMap<>();
        byShard.forEach((shard, position) -> entries.put(shard, Attribute.of(position.text())));
        return Attribute.of(entries);
    }

    static Positions from(Item checkpoint) {
        Positions result = new Positions();
        checkpoint.struct("positions").forEach((shard, value) -> {
            if (value instanceof Attribute.Text text) {
                result.byShard.put(shard, Position.parse(text.value()));
            }
        });
        return result;
    }
}
