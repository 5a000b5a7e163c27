package dev.weir.local.kinesis;

import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Amazon Kinesis Data Streams in memory: streams, shards, records, iterators, resharding, retention, as the API reference describes them.
 *
 * <p>Pure: it has no threads, reads no clock but the one it is given, and draws nothing at random, so a simulator can run it in virtual
 * time. With a log ({@link #open}) every change is on its way to the disk before the call returns, and survives the end of the process.
 *
 * <p>Simpler than the service: what changes a stream is done when the call returns (a stream is always ACTIVE), there is no limit on calls
 * per second, and sequence numbers increase over the whole stream. Puts and reads cost at most the logarithm of what is held.
 *
 * <p>Whatever Kinesis would refuse throws {@link KinesisException}: an unknown stream or shard is {@link KinesisError#RESOURCE_NOT_FOUND}.
 * Thread-safe; streams do not block each other.
 */
public final class KinesisModel implements AutoCloseable {

    private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9_.-]{1,128}");

    private final ConcurrentSkipListMap<String, StreamState> streams = new ConcurrentSkipListMap<>();
    private final ModelContext context;
    private long lastEpoch;

    /** An empty model that keeps nothing on disk. */
    public KinesisModel(LongSupplier epochMillis, KinesisLimits limits) {
        this(epochMillis, limits, Journal.NONE);
    }

    private KinesisModel(LongSupplier epochMillis, KinesisLimits limits, Journal journal) {
        this.context = new ModelContext(epochMillis, limits, journal, new ChangeSignal(), new AtomicInteger());
    }

    /**
     * A model that goes on where the log ends and writes to it; an absent file is an empty log. An entry that a crash cut short is cut
     * off: it was never acknowledged. If anything in it has outlived its retention the file is rewritten and replaced in one step.
     *
     * @param log the file; beside it a lock file keeps a second process out
     * @throws IllegalStateException if another model has the log open, or the file is damaged before its end
     * @throws java.io.UncheckedIOException if it cannot be read or written
     */
    public static KinesisModel open(Path log, LongSupplier epochMillis, KinesisLimits limits) {
        var file = new KinesisLog(log);
        try {
            var model = new KinesisModel(epochMillis, limits, file);
            long replayed = file.replay(model::apply);
            if (model.trim() < replayed) {
                file.rewrite(out -> model.streams.values().forEach(stream -> stream.snapshot(out)));
            }
            return model;
        } catch (RuntimeException e) {
            file.close();
            throw e;
        }
    }

    /** Creates a stream of uniform shards with a retention of 24 hours; it can be used at once. */
    public synchronized void createStream(String stream, int shardCount) {
        require(NAME.matcher(stream).matches(), KinesisError.VALIDATION, "not a stream name: name=" + stream);
        require(shardCount >= 1, KinesisError.VALIDATION, "a stream has at least one shard: ShardCount=" + shardCount);
        require(
                !streams.containsKey(stream),
                KinesisError.RESOURCE_IN_USE,
                "Stream " + stream + " already exists. Delete it first or take another name.");
        context.requireShards(shardCount);
        long now = context.clock().getAsLong();
        var created = new Change.StreamCreated(stream, Math.max(now, lastEpoch + 1), now, shardCount);
        context.journal().append(created);
        apply(created);
        context.signal().changed();
    }

    /** Forgets a stream with all its records at once. */
    public synchronized void deleteStream(String stream) {
        stream(stream).delete();
        streams.remove(stream);
    }

    /** Names of all streams, sorted. */
    public List<String> streams() {
        return List.copyOf(streams.keySet());
    }

    public StreamSummary describe(String stream) {
        return stream(stream).summary();
    }

    /** Sets a retention that is not below the present one; what is trimmed already does not come back. */
    public void increaseRetention(String stream, int hours) {
        requireRetention(hours);
        stream(stream).increaseRetention(hours);
    }

    /** Sets a retention that is not above the present one; what is then too old is gone at once. */
    public void decreaseRetention(String stream, int hours) {
        requireRetention(hours);
        stream(stream).decreaseRetention(hours);
    }

    /** All shards within the retention, closed ones too, oldest first. */
    public List<ShardView> shards(String stream) {
        return listShards(stream, new ShardFilter.All()).stream()
                .map(ShardDetail::view)
                .toList();
    }

    /** The shards that the filter lets through, by id. */
    public List<ShardDetail> listShards(String stream, ShardFilter filter) {
        return stream(stream).list(filter);
    }

    /** Closes a shard and opens two in its place: up to the hash key before this one, and from it on. Any key within will do. */
    public void splitShard(String stream, String shardId, BigInteger newStartingHash) {
        stream(stream).split(shardId, newStartingHash);
    }

    /** Closes two shards whose hash keys adjoin and opens one in their place. */
    public void mergeShards(String stream, String shardId, String adjacentShardId) {
        stream(stream).merge(shardId, adjacentShardId);
    }

    /**
     * UNIFORM_SCALING: reaches uniform shards by splits and merges, whose shards in between stay listed as closed parents.
     *
     * @param targetCount from half to double the open shards
     * @return how many shards were open before
     */
    public int updateShardCount(String stream, int targetCount) {
        return stream(stream).scaleUniformly(targetCount);
    }

    /** Puts one record. */
    public PutResult put(String stream, PutRequest record) {
        return putAll(stream, List.of(record)).getFirst();
    }

    /** Puts up to {@value KinesisLimits#RECORDS_PER_PUT_MAX} records; the results are in the order of the records. */
    public List<PutResult> putAll(String stream, List<PutRequest> records) {
        PutChecks.check(records);
        return stream(stream).put(records);
    }

    /** An iterator, valid for {@link KinesisLimits#ITERATOR_LIFE_MILLIS}; it holds no resources and outlives a restart. */
    public String iterator(String stream, String shardId, Position position) {
        return stream(stream).iterator(shardId, position).text();
    }

    /** At most {@code limit} records (1 to {@value KinesisLimits#RECORDS_PER_GET_MAX}) and {@link KinesisLimits#BYTES_PER_GET_MAX}. */
    public GetResult get(String iterator, int limit) {
        require(
                limit >= 1 && limit <= KinesisLimits.RECORDS_PER_GET_MAX,
                KinesisError.VALIDATION,
                "Limit must be 1 to " + KinesisLimits.RECORDS_PER_GET_MAX + ": Limit=" + limit);
        IteratorToken token = IteratorToken.parse(iterator);
        return stream(token.stream()).get(token, limit);
    }

    /**
     * Records of one shard after a sequence number, without an iterator.
     *
     * @param afterSequenceNumber compared by value, so a parent's number reads a child from its start; null reads from the trim horizon
     * @param maxRecords at least 1
     * @param maxBytes of data and keys; the first record comes however big it is
     * @return empty when there is nothing yet, or when the shard is closed and read to its end
     */
    public List<StoredRecord> read(
            String stream, String shardId, @Nullable String afterSequenceNumber, int maxRecords, int maxBytes) {
        return stream(stream).readAfter(shardId, afterSequenceNumber, maxRecords, maxBytes);
    }

    /** A number that is not below any record's so far and below every later one's: where a reader at LATEST begins. */
    public String lastSequenceNumber(String stream) {
        return stream(stream).lastSequenceNumber();
    }

    /** Grows with every change of any stream. */
    public long version() {
        return context.signal().version();
    }

    /**
     * Waits until the version is above the given one or the time is over, by the system's clock. May return early, so call it in a loop.
     *
     * @return the version now
     */
    public long awaitChange(long lastSeenVersion, Duration timeout) throws InterruptedException {
        return context.signal().await(lastSeenVersion, timeout);
    }

    /** Closes the log. A model without one stays usable. */
    @Override
    public void close() {
        context.journal().close();
    }

    static KinesisException noStream(String name) {
        return new KinesisException(KinesisError.RESOURCE_NOT_FOUND, "Stream " + name + " not found.");
    }

    private synchronized void apply(Change change) {
        switch (change) {
            case Change.StreamCreated created ->
                add(created.stream(), created.epoch(), new StreamData(created, context));
            case Change.StreamRestored restored ->
                add(restored.stream(), restored.epoch(), new StreamData(restored, context));
            case Change.StreamDeleted deleted -> {
                stream(deleted.stream()).forget();
                streams.remove(deleted.stream());
            }
            case Change.InStream within -> stream(within.stream()).apply(within);
        }
    }

    private void add(String name, long epoch, StreamData data) {
        streams.put(name, new StreamState(data));
        lastEpoch = Math.max(lastEpoch, epoch);
    }

    private long trim() {
        return streams.values().stream().mapToLong(StreamState::trim).sum();
    }

    private StreamState stream(String name) {
        StreamState stream = streams.get(name);
        if (stream == null) {
            throw noStream(name);
        }
        return stream;
    }

    private static void requireRetention(int hours) {
        require(
                hours >= KinesisLimits.RETENTION_HOURS_MIN && hours <= KinesisLimits.RETENTION_HOURS_MAX,
                KinesisError.INVALID_ARGUMENT,
                "the retention must be " + KinesisLimits.RETENTION_HOURS_MIN + " to "
                        + KinesisLimits.RETENTION_HOURS_MAX + " hours: hours=" + hours);
    }

    private static void require(boolean condition, KinesisError error, String message) {
        if (!condition) {
            throw new KinesisException(error, message);
        }
    }
}
