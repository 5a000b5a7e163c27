package dev.weir.flow;

import dev.weir.model.LaneId;
import dev.weir.port.Item;
import dev.weir.port.Items;
import dev.weir.port.Shard;
import dev.weir.port.Streams;
import java.util.HashMap;
import java.util.HashSet;
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
        Set<Integer> lanes = new HashSet<>();
        for (String parent : shard.parents()) {
            items.get(bus.checkpoint(bot, new LaneId.PassThrough(parent))).ifPresent(item -> addLanes(item, lanes));
            if (shards.containsKey(parent)) {
                lanes.addAll(sentOnByAncestors(shards.get(parent)));
            }
        }
        return lanes;
    }

    private static void addLanes(Item checkpoint, Set<Integer> lanes) {
        checkpoint.struct("emitted").keySet().forEach(lane -> lanes.add(Integer.valueOf(lane)));
    }
}
