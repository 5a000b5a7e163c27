package dev.weir.flow;

import dev.weir.model.SequenceNumber;
import dev.weir.port.Attribute;
import dev.weir.port.Item;
import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How far a lane has come in each shard it was ever in, and in each queue: layer one of dedupe. A lane that moves to a child shard keeps
 * its past. Of a queue, events of an earlier pass than the latest are all done. Not thread-safe.
 */
final class Positions {

    /**
     * All records up to {@code at} are done but for that one, of which the first {@code events} are. In a queue {@code at} is the last
     * event that is done, and {@code events} is 1.
     */
    record Position(SequenceNumber at, int events, long pass) {
        Position(SequenceNumber at, int events) {
            this(at, events, 0);
        }

        /** How many events of a record are done. */
        int done(SequenceNumber record) {
            int order = record.compareTo(at);
            return order < 0 ? Integer.MAX_VALUE : order == 0 ? events : 0;
        }

        private String text() {
            return at.digits() + ":" + events + (pass == 0 ? "" : ":" + pass);
        }

        private static Position parse(String text) {
            List<String> parts = List.of(text.split(":", -1));
            long pass = parts.size() > 2 ? Long.parseLong(parts.get(2)) : 0;
            return new Position(new SequenceNumber(parts.get(0)), Integer.parseInt(parts.get(1)), pass);
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
        Parcel.Origin origin = parcel.origin();
        if (Inbox.is(origin.shardId())) {
            return 0; // the sender's numbers tell
        }
        long done = QueueShard.is(origin.shardId())
                ? doneOfChunk(QueueShard.parse(origin.shardId()), origin.sequenceNumber())
                : in(origin.shardId()).done(origin.sequenceNumber());
        return Math.clamp(done - parcel.index(), 0, parcel.count());
    }

    /** How many events are done from the one on with which a chunk starts. */
    private long doneOfChunk(QueueShard shard, SequenceNumber start) {
        Position position = in(shard.reference());
        if (position.pass != shard.pass()) {
            return position.pass > shard.pass() ? Integer.MAX_VALUE : 0;
        }
        BigInteger done = new BigInteger(position.at.digits())
                .subtract(new BigInteger(start.digits()))
                .add(BigInteger.ONE);
        return done.bitLength() < Integer.SIZE ? done.longValueExact() : (long) done.signum() * Integer.MAX_VALUE;
    }

    /** Records that the first {@code events} events of a record are done, and all records before it. Never goes back; answers whether it moved. */
    boolean advance(String shardId, SequenceNumber record, int events) {
        if (Inbox.is(shardId)) {
            return false;
        }
        if (QueueShard.is(shardId)) {
            return advance(QueueShard.parse(shardId), record, events);
        }
        if (in(shardId).done(record) >= events) {
            return false;
        }
        byShard.put(shardId, new Position(record, events));
        if (byShard.size() > Limits.POSITIONS_MAX) {
            byShard.pollFirstEntry();
        }
        return true;
    }

    private boolean advance(QueueShard shard, SequenceNumber start, int events) {
        if (events == 0 || doneOfChunk(shard, start) >= events) {
            return false;
        }
        SequenceNumber last = QueueShard.number(QueueShard.eid(start, events - 1));
        byShard.put(shard.reference(), new Position(last, 1, shard.pass()));
        return true;
    }

    Attribute toAttribute() {
        Map<String, Attribute> entries = new LinkedHashMap<>();
        byShard.forEach((shard, position) -> entries.put(shard, Attribute.of(position.text())));
        return Attribute.of(entries);
    }

    /** For people: of each shard the last record of which something is done, of each queue the id of the last event that is. */
    TreeMap<String, String> told() {
        TreeMap<String, String> told = new TreeMap<>();
        byShard.forEach((shard, position) -> told.put(
                shard, QueueShard.is(shard) ? QueueShard.eid(position.at, 0).toString() : position.at.digits()));
        return told;
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
