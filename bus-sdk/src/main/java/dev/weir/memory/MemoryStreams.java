package dev.weir.memory;

import dev.weir.model.Record;
import dev.weir.model.SequenceNumber;
import dev.weir.port.PutOutcome;
import dev.weir.port.RecordLookup;
import dev.weir.port.Shard;
import dev.weir.port.StreamLimits;
import dev.weir.port.StreamRecord;
import dev.weir.port.Streams;
import dev.weir.port.Time;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@link Streams} in memory: shards with ranges of hash keys that can be split and merged. Accepts every record; nothing expires.
 *
 * <p>Thread-safe. Sequence numbers rise over the whole stream, have as many digits as those of Kinesis, and are the same in each run.
 */
public final class MemoryStreams implements Streams, RecordLookup {
    private final Time time;
    private final Map<String, MemoryStream> streams = new HashMap<>();

    /** @param time when records arrive */
    public MemoryStreams(Time time) {
        this.time = time;
    }

    /**
     * Creates a stream whose shards share the hash keys evenly.
     *
     * @param shards at least 1
     * @throws IllegalArgumentException if the stream exists
     */
    public synchronized void create(String stream, int shards) {
        if (shards < 1 || streams.containsKey(stream)) {
            throw new IllegalArgumentException(
                    "a stream is new and has a shard: stream=" + stream + " shards=" + shards);
        }
        streams.put(stream, new MemoryStream(stream, shards));
    }

    @Override
    public synchronized List<PutOutcome> put(String stream, List<StreamRecord> records) {
        StreamLimits.checkPut(stream, records);
        MemoryStream target = find(stream);
        long arrivalMillis = time.epochMillis();
        return records.stream().map(record -> target.put(record, arrivalMillis)).toList();
    }

    @Override
    public synchronized List<Shard> shards(String stream) {
        return find(stream).shards();
    }

    /** Everything that a shard has taken, in order. */
    public synchronized List<Record> records(String stream, String shardId) {
        return find(stream).records(shardId);
    }

    @Override
    public synchronized Optional<Record> find(String stream, String shardId, SequenceNumber number) {
        boolean isShard =
                find(stream).shards().stream().anyMatch(shard -> shard.id().equals(shardId));
        return isShard
                ? find(stream).records(shardId).stream()
                        .filter(record -> record.sequenceNumber().equals(number))
                        .findFirst()
                : Optional.empty();
    }

    /**
     * Closes an open shard and opens two in its place.
     *
     * @param firstHashOfUpper the lowest hash key of the second child; above the shard's own lowest, at most its highest
     */
    public synchronized void split(String stream, String shardId, BigInteger firstHashOfUpper) {
        find(stream).split(shardId, firstHashOfUpper);
    }

    /** Closes two open shards whose ranges touch, the lower first, and opens one in their place. */
    public synchronized void merge(String stream, String lowerShardId, String upperShardId) {
        find(stream).merge(lowerShardId, upperShardId);
    }

    private MemoryStream find(String stream) {
        MemoryStream found = streams.get(stream);
        if (found == null) {
            throw new IllegalArgumentException("no such stream, create it first: stream=" + stream);
        }
        return found;
    }
}
