package dev.weir.local.mapping;

import dev.weir.model.Record;
import dev.weir.port.Shard;
import java.time.Duration;
import java.util.List;

/**
 * A stream as the mapping reads it. Thread-safe: one thread per shard, and one that lists.
 *
 * <p>Any runtime exception of {@link #shards} and {@link #read} means "not now": the mapping tells its listener and asks again.
 */
public interface ShardSource {

    /** Every shard that still holds records or takes them, open and closed. */
    List<Shard> shards();

    /**
     * The records from a position on, in order.
     *
     * @param from anything but {@link Position.End}
     * @param recordsMax most records, 1 to 10,000
     * @param bytesMax about how many bytes of data; one record is returned however large it is
     * @return at once; no records when there are none yet
     */
    Read read(String shardId, Position from, int recordsMax, int bytesMax);

    /**
     * Waits until {@link #read} from this position may return more than it did, at most for the given time. May return early. A source that
     * cannot know waits a polling interval.
     */
    void awaitMore(String shardId, Position from, Duration atMost) throws InterruptedException;

    /**
     * What a read returned.
     *
     * @param records in the order of the shard; may be empty
     * @param next where to read on: never {@link Position.Latest}, so that a start at the latest record is fixed by the first read
     * @param atEnd the shard is closed and nothing follows these records
     */
    record Read(List<Record> records, Position next, boolean atEnd) {
        public Read {
            records = List.copyOf(records);
        }
    }
}
