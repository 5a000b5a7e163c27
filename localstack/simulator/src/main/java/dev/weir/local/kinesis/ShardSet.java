package dev.weir.local.kinesis;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The shards of one stream: the open ones cover all hash keys without overlap; closed ones stay until the retention has passed.
 *
 * <p>Not thread-safe: its stream guards it.
 */
final class ShardSet {

    private final TreeMap<Integer, ShardState> byIndex = new TreeMap<>();
    private final TreeMap<BigInteger, ShardState> openByFirstHash = new TreeMap<>();
    private int nextIndex;

    void add(Change.ShardImage image) {
        var shard = new ShardState(image);
        byIndex.put(image.index(), shard);
        nextIndex = Math.max(nextIndex, image.index() + 1);
        if (shard.isOpen()) {
            openByFirstHash.put(image.range().first(), shard);
        }
    }

    void open(HashRange range, List<Integer> parents, long startSequence, long nowMillis) {
        add(new Change.ShardImage(nextIndex, parents, range, startSequence, nowMillis, 0, 0));
    }

    void close(ShardState shard, long endSequence, long nowMillis) {
        openByFirstHash.remove(shard.range().first());
        shard.close(endSequence, nowMillis);
    }

    Collection<ShardState> all() {
        return byIndex.values();
    }

    int openCount() {
        return openByFirstHash.size();
    }

    /** The open shard that takes this hash key. */
    ShardState at(BigInteger hash) {
        Map.Entry<BigInteger, ShardState> entry = openByFirstHash.floorEntry(hash);
        if (entry == null) {
            throw new IllegalStateException("no open shard takes the hash key, which is a bug: hash=" + hash);
        }
        return entry.getValue();
    }

    ShardState get(int index) {
        ShardState shard = byIndex.get(index);
        if (shard == null) {
            throw new IllegalStateException("no such shard, so the log does not fit itself: shard=" + index);
        }
        return shard;
    }

    Optional<ShardState> find(String shardId) {
        return ShardState.index(shardId).map(byIndex::get);
    }

    List<ShardState> childrenOf(ShardState parent) {
        return byIndex.tailMap(parent.index(), false).values().stream()
                .filter(shard -> shard.parents().contains(parent.index()))
                .toList();
    }

    /** Forgets the shards that were closed at this time or before, and answers with them. */
    List<ShardState> removeClosedBy(long epochMillis) {
        List<ShardState> removed = new ArrayList<>();
        byIndex.values().removeIf(shard -> !shard.wasOpenSince(epochMillis) && removed.add(shard));
        return removed;
    }
}
