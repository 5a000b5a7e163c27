package dev.weir.local.kinesis;

import java.math.BigInteger;
import java.util.List;

/** SplitShard, MergeShards and UpdateShardCount on one stream. Not thread-safe: {@link StreamState} guards it. */
record Resharding(StreamData data) {

    void split(String shardId, BigInteger newStartingHash) {
        ShardState shard = requireOpen(shardId);
        HashRange range = shard.range();
        if (!range.canSplitAt(newStartingHash)) {
            throw refuse("NewStartingHashKey must be above the shard's first hash key and not above its last: hash="
                    + newStartingHash + " shard=" + shardId + " first=" + range.first() + " last=" + range.last());
        }
        data.context().requireShards(1);
        data.keep(new Change.ShardSplit(data.name(), shard.index(), newStartingHash, data.arrivalMillis()));
    }

    void merge(String shardId, String adjacentShardId) {
        ShardState shard = requireOpen(shardId);
        ShardState adjacent = requireOpen(adjacentShardId);
        if (!shard.range().touches(adjacent.range())) {
            throw refuse("the shards are not adjacent: shard=" + shardId + " adjacent=" + adjacentShardId);
        }
        merge(shard, adjacent);
    }

    /**
     * Cuts at every border of the uniform ranges, then merges what lies between two borders. Each step is a change of its own, so
     * after a crash in the middle the stream is whole and partly scaled.
     *
     * @return how many shards were open before
     */
    int scaleUniformly(int target) {
        int before = data.shards().openCount();
        if (target < 1 || target > 2 * before || 2 * target < before) {
            throw refuse("TargetShardCount must be from half to double the open shards: target=" + target + " open="
                    + before);
        }
        data.context().requireShards(Math.max(0, target - before));
        List<HashRange> ranges = HashRange.uniform(target);
        ranges.forEach(range -> cutAt(range.first()));
        ranges.forEach(this::mergeWithin);
        return before;
    }

    private void cutAt(BigInteger border) {
        ShardState shard = data.shards().at(border);
        if (shard.range().canSplitAt(border)) {
            data.keep(new Change.ShardSplit(data.name(), shard.index(), border, data.arrivalMillis()));
        }
    }

    private void mergeWithin(HashRange range) {
        ShardState shard = data.shards().at(range.first());
        while (!shard.range().last().equals(range.last())) {
            merge(shard, data.shards().at(shard.range().last().add(BigInteger.ONE)));
            shard = data.shards().at(range.first());
        }
    }

    private void merge(ShardState shard, ShardState adjacent) {
        data.keep(new Change.ShardsMerged(data.name(), shard.index(), adjacent.index(), data.arrivalMillis()));
    }

    private ShardState requireOpen(String shardId) {
        ShardState shard = data.require(shardId);
        if (!shard.isOpen()) {
            throw refuse("the shard is closed: shard=" + shardId + " stream=" + data.name());
        }
        return shard;
    }

    private static KinesisException refuse(String message) {
        return new KinesisException(KinesisError.INVALID_ARGUMENT, message);
    }
}
