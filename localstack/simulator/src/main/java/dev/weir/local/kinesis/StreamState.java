package dev.weir.local.kinesis;

import dev.weir.model.Lanes;
import java.math.BigInteger;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One stream behind one lock. Thread-safe. What it answers after its deletion is ResourceNotFoundException. */
final class StreamState {

    private final StreamData data;
    private boolean deleted;

    StreamState(StreamData data) {
        this.data = data;
    }

    synchronized StreamSummary summary() {
        return alive().summary();
    }

    /** Journals the deletion and closes this stream for those that still hold it. */
    synchronized void delete() {
        alive().context().journal().append(new Change.StreamDeleted(data.name()));
        forget();
    }

    synchronized void forget() {
        deleted = true;
        data.context().openShards().addAndGet(-data.shards().openCount());
        data.context().signal().changed();
    }

    synchronized void increaseRetention(int hours) {
        if (hours < alive().retentionHours()) {
            throw refuseRetention(hours, "below");
        }
        data.keep(new Change.RetentionChanged(data.name(), hours));
    }

    synchronized void decreaseRetention(int hours) {
        if (hours > alive().retentionHours()) {
            throw refuseRetention(hours, "above");
        }
        data.keep(new Change.RetentionChanged(data.name(), hours));
        data.trimAll();
    }

    synchronized List<ShardDetail> list(ShardFilter filter) {
        alive().trimAll();
        long horizon = Math.max(data.createdMillis(), data.horizonMillis());
        return data.shards().all().stream()
                .filter(shard -> matches(shard, filter, horizon))
                .map(shard -> shard.detail(data.space()))
                .toList();
    }

    private static boolean matches(ShardState shard, ShardFilter filter, long horizon) {
        return switch (filter) {
            case ShardFilter.All _ -> true;
            case ShardFilter.AtLatest _ -> shard.isOpen();
            case ShardFilter.AtTrimHorizon _ -> shard.wasOpenAt(horizon);
            case ShardFilter.FromTrimHorizon _ -> shard.wasOpenSince(horizon);
            case ShardFilter.AtTimestamp at -> shard.wasOpenAt(Math.max(horizon, at.epochMillis()));
            case ShardFilter.FromTimestamp from -> shard.wasOpenSince(Math.max(horizon, from.epochMillis()));
            case ShardFilter.AfterShard after -> shard.id().compareTo(after.shardId()) > 0;
        };
    }

    synchronized void split(String shardId, BigInteger newStartingHash) {
        new Resharding(alive()).split(shardId, newStartingHash);
    }

    synchronized void merge(String shardId, String adjacentShardId) {
        new Resharding(alive()).merge(shardId, adjacentShardId);
    }

    synchronized int scaleUniformly(int target) {
        return new Resharding(alive()).scaleUniformly(target);
    }

    /** Hashes the keys before it takes the lock. */
    List<PutResult> put(List<PutRequest> requests) {
        List<BigInteger> hashes = requests.stream().map(StreamState::hashKey).toList();
        synchronized (this) {
            var batch = new PutBatch(alive());
            for (int i = 0; i < hashes.size(); i++) {
                batch.place(requests.get(i), hashes.get(i));
            }
            return batch.commit();
        }
    }

    synchronized IteratorToken iterator(String shardId, Position position) {
        return new ShardReads(alive()).iterator(shardId, position);
    }

    synchronized GetResult get(IteratorToken token, int limit) {
        return new ShardReads(alive()).get(token, limit);
    }

    synchronized List<StoredRecord> readAfter(
            String shardId, @Nullable String sequenceNumber, int maxRecords, int maxBytes) {
        return new ShardReads(alive()).readAfter(shardId, sequenceNumber, maxRecords, maxBytes);
    }

    synchronized String lastSequenceNumber() {
        return alive().space().format(data.lastSequence());
    }

    synchronized void apply(Change.InStream change) {
        data.apply(change);
    }

    /** Forgets what is too old and answers with how many records are left. */
    synchronized long trim() {
        data.trimAll();
        return data.heldRecords();
    }

    synchronized void snapshot(Consumer<Change> out) {
        data.snapshot(out);
    }

    private static BigInteger hashKey(PutRequest request) {
        BigInteger explicit = request.explicitHashKey();
        return explicit == null ? Lanes.hashKey(request.partitionKey()) : explicit;
    }

    private StreamData alive() {
        if (deleted) {
            throw KinesisModel.noStream(data.name());
        }
        return data;
    }

    private KinesisException refuseRetention(int hours, String side) {
        return new KinesisException(
                KinesisError.INVALID_ARGUMENT,
                "the retention must not be " + side + " the present one: hours=" + hours + " presentHours="
                        + data.retentionHours());
    }
}
