package dev.weir.local.kinesis;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * What a stream holds: shards, records, retention. {@link #apply} is the only code that changes it, live and at replay, but for what
 * retention forgets. Not thread-safe: {@link StreamState} guards it.
 */
final class StreamData {

    private static final long HOUR_MILLIS = 3_600_000L;
    /** How many records of a shard the log rewrites as one change. */
    private static final int SNAPSHOT_BATCH_RECORDS = 500;
    /** Before a batch of the log rewrite passes this many bytes it is cut. */
    private static final long SNAPSHOT_BATCH_BYTES = 4L << 20;

    private final String name;
    private final SequenceSpace space;
    private final long createdMillis;
    private final ModelContext context;
    private final ShardSet shards = new ShardSet();
    private int retentionHours = KinesisLimits.RETENTION_HOURS_MIN;
    private long lastSequence;
    private long lastArrivalMillis;
    private long heldBytes;

    StreamData(Change.StreamCreated created, ModelContext context) {
        this(created.stream(), created.epoch(), created.createdMillis(), context);
        HashRange.uniform(created.shardCount())
                .forEach(range -> shards.open(range, List.of(), ++lastSequence, createdMillis));
        context.openShards().addAndGet(shards.openCount());
    }

    StreamData(Change.StreamRestored restored, ModelContext context) {
        this(restored.stream(), restored.epoch(), restored.createdMillis(), context);
        retentionHours = restored.retentionHours();
        lastSequence = restored.lastSequence();
        restored.shards().forEach(shards::add);
        context.openShards().addAndGet(shards.openCount());
    }

    private StreamData(String name, long epoch, long createdMillis, ModelContext context) {
        this.name = name;
        this.space = new SequenceSpace(epoch);
        this.createdMillis = createdMillis;
        this.context = context;
        this.lastArrivalMillis = createdMillis;
    }

    /** Journals a change, applies it and wakes those who wait. */
    void keep(Change.InStream change) {
        context.journal().append(change);
        apply(change);
        context.signal().changed();
    }

    void apply(Change.InStream change) {
        switch (change) {
            case Change.RecordsPut put ->
                put.records().forEach(placed -> add(shards.get(placed.shard()), placed.record()));
            case Change.ShardSplit split -> split(split);
            case Change.ShardsMerged merged -> merge(merged);
            case Change.RetentionChanged changed -> retentionHours = changed.hours();
        }
    }

    private void add(ShardState shard, HeldRecord record) {
        shard.records().add(record);
        heldBytes += record.heldBytes();
        lastSequence = Math.max(lastSequence, record.sequence());
        lastArrivalMillis = Math.max(lastArrivalMillis, record.arrivalMillis());
    }

    private void split(Change.ShardSplit split) {
        ShardState parent = shards.get(split.shard());
        shards.close(parent, ++lastSequence, split.atMillis());
        for (HashRange half : parent.range().splitAt(split.newStartingHash())) {
            shards.open(half, List.of(parent.index()), ++lastSequence, split.atMillis());
        }
        resharded(split.atMillis(), 1);
    }

    private void merge(Change.ShardsMerged merged) {
        ShardState parent = shards.get(merged.shard());
        ShardState adjacent = shards.get(merged.adjacent());
        shards.close(parent, ++lastSequence, merged.atMillis());
        shards.close(adjacent, ++lastSequence, merged.atMillis());
        shards.open(
                parent.range().union(adjacent.range()),
                List.of(parent.index(), adjacent.index()),
                ++lastSequence,
                merged.atMillis());
        resharded(merged.atMillis(), -1);
    }

    private void resharded(long atMillis, int openShardsChange) {
        lastArrivalMillis = Math.max(lastArrivalMillis, atMillis);
        context.openShards().addAndGet(openShardsChange);
    }

    /** Forgets the records of a shard that are older than the retention. */
    void trim(ShardState shard) {
        long horizon = horizonMillis();
        while (shard.records().size() > 0 && shard.records().get(0).arrivalMillis() < horizon) {
            heldBytes -= shard.records().removeFirst().heldBytes();
        }
    }

    /** Forgets all that is older than the retention, shards too. */
    void trimAll() {
        shards.all().forEach(this::trim);
        for (ShardState gone : shards.removeClosedBy(horizonMillis())) {
            while (gone.records().size() > 0) {
                heldBytes -= gone.records().removeFirst().heldBytes();
            }
        }
    }

    /** The stream as changes that make it anew. */
    void snapshot(Consumer<Change> out) {
        List<Change.ShardImage> images =
                shards.all().stream().map(ShardState::image).toList();
        out.accept(new Change.StreamRestored(name, space.epoch(), createdMillis, retentionHours, lastSequence, images));
        shards.all().forEach(shard -> snapshot(shard, out));
    }

    private void snapshot(ShardState shard, Consumer<Change> out) {
        List<Change.Placed> batch = new ArrayList<>();
        long bytes = 0;
        for (int i = 0; i < shard.records().size(); i++) {
            HeldRecord record = shard.records().get(i);
            batch.add(new Change.Placed(shard.index(), record));
            bytes += record.heldBytes();
            if (batch.size() == SNAPSHOT_BATCH_RECORDS || bytes >= SNAPSHOT_BATCH_BYTES) {
                out.accept(new Change.RecordsPut(name, List.copyOf(batch)));
                batch.clear();
                bytes = 0;
            }
        }
        if (!batch.isEmpty()) {
            out.accept(new Change.RecordsPut(name, batch));
        }
    }

    /** Arrival times never go back, even if the clock does: AT_TIMESTAMP searches by them. */
    long arrivalMillis() {
        return Math.max(nowMillis(), lastArrivalMillis);
    }

    long nowMillis() {
        return context.clock().getAsLong();
    }

    /** Records that arrived before this are trimmed. */
    long horizonMillis() {
        return nowMillis() - retentionHours * HOUR_MILLIS;
    }

    /** How many bytes of records the stream still takes. */
    long roomBytes() {
        return context.limits().heldBytesMax() - heldBytes;
    }

    long heldRecords() {
        return shards.all().stream().mapToLong(shard -> shard.records().size()).sum();
    }

    StreamSummary summary() {
        return new StreamSummary(name, createdMillis, retentionHours, shards.openCount());
    }

    String name() {
        return name;
    }

    SequenceSpace space() {
        return space;
    }

    long createdMillis() {
        return createdMillis;
    }

    int retentionHours() {
        return retentionHours;
    }

    long lastSequence() {
        return lastSequence;
    }

    ShardSet shards() {
        return shards;
    }

    ModelContext context() {
        return context;
    }

    /** The shard of this id if it is within the retention. */
    ShardState require(String shardId) {
        return shards.find(shardId)
                .orElseThrow(() -> new KinesisException(
                        KinesisError.RESOURCE_NOT_FOUND,
                        "Shard " + shardId + " in stream " + name + " does not exist"));
    }
}
