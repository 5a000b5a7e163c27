package dev.weir.flow;

import dev.weir.model.LaneId;
import dev.weir.port.Item;
import dev.weir.port.Items;
import dev.weir.port.Key;
import dev.weir.port.Shard;
import dev.weir.port.Streams;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which lanes a shard holds whole, so that foreign records may be taken in them directly. Asked for when a shard is met for the first
 * time. Thread-safe.
 *
 * <p>A lane into which an ancestor of the shard has sent foreign events on stays closed to direct records: what was sent on may lie
 * behind newer records in the shard, and only what takes the same way stays behind it. Ancestors are done before a shard begins, so
 * what their checkpoints say is final.
 */
final class ShardMap {
    private final String bot;
    private final Bus bus;
    private final String stream;
    private final Streams streams;
    private final Items items;
    private final Map<String, Shard> shards = new HashMap<>();
    private final Map<String, Set<Integer>> sentOn = new HashMap<>();

    ShardMap(String bot, Bus bus, String stream, Streams streams, Items items) {
        this.bot = bot;
        this.bus = bus;
        this.stream = stream;
        this.streams = streams;
        this.items = items;
    }

    /** Whether foreign records of the lane are taken in it directly when they come in this shard. */
    synchronized boolean isDirect(String shardId, int lane) {
        if (!shards.containsKey(shardId)) {
            streams.shards(stream).forEach(shard -> shards.put(shard.id(), shard));
        }
        Shard shard = shards.get(shardId);
        return shard != null
                && shard.firstHash().compareTo(bus.lanes().firstHash(lane)) <= 0
                && shard.lastHash().compareTo(bus.lanes().lastHash(lane)) >= 0
                && !sentOn.computeIfAbsent(shardId, _ -> sentOnByAncestors(shard))
                        .contains(lane);
    }

    private Set<Integer> sentOnByAncestors(Shard shard) {
        List<Key> checkpoints = ancestors(shard).stream()
                .map(ancestor -> bus.checkpoint(bot, new LaneId.PassThrough(ancestor)))
                .toList();
        Set<Integer> lanes = new HashSet<>();
        items.getAll(checkpoints).forEach(checkpoint -> addLanes(checkpoint, lanes));
        return lanes;
    }

    /** Each once: after a split and a merge both parents come from the same shard. */
    private Set<String> ancestors(Shard shard) {
        Set<String> ancestors = new LinkedHashSet<>();
        Deque<String> next = new ArrayDeque<>(shard.parents());
        while (!next.isEmpty()) {
            String ancestor = next.remove();
            Shard known = shards.get(ancestor);
            if (ancestors.add(ancestor) && known != null) {
                next.addAll(known.parents());
            }
        }
        return ancestors;
    }

    private static void addLanes(Item checkpoint, Set<Integer> lanes) {
        checkpoint.struct("emitted").keySet().stream()
                .map(Route::parse)
                .filter(Route::isOwn)
                .forEach(route -> lanes.add(route.lane()));
    }
}
