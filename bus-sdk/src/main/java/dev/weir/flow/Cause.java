package dev.weir.flow;

import dev.weir.model.Json;
import dev.weir.model.SequenceNumber;
import dev.weir.queue.Correlation;
import dev.weir.queue.Position;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The event that a result comes from.
 *
 * @param sourceMillis the time of that event, milliseconds since the epoch
 * @param shardId where it came from
 * @param number of the record, or of the run of a queue's events, that it came in
 * @param index its place in there
 */
record Cause(long sourceMillis, String shardId, SequenceNumber number, int index) {
    private static final String SNAPSHOT = "/_snapshot";

    static Cause of(Parcel<?> parcel, int index) {
        Parcel.Origin origin = parcel.origin();
        return new Cause(origin.arrivalMillis(), origin.shardId(), origin.sequenceNumber(), parcel.index() + index);
    }

    static Cause of(ParkedEvent event) {
        return new Cause(event.arrivalMillis(), event.shardId(), event.sequenceNumber(), event.index());
    }

    /** What a result says of where it came from: which event of which queue. Null if it came from a stream, or
     * from outside of the bus, where events have no ids. */
    @Nullable
    Json correlation() {
        if (!QueueShard.is(shardId)) {
            return null;
        }
        String queue = QueueShard.parse(shardId).queue();
        if (queue.startsWith(QueueShard.PULLS)) {
            return null;
        }
        String eid = QueueShard.eid(number, index).toString();
        boolean isSnapshot = queue.endsWith(SNAPSHOT);
        return new Correlation(
                        isSnapshot ? queue.substring(0, queue.length() - SNAPSHOT.length()) : queue,
                        isSnapshot ? Position.SNAPSHOTS + eid : eid,
                        Optional.empty(),
                        1)
                .toJson();
    }
}
