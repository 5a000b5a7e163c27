package dev.weir.local.simulator;

import dev.weir.flow.Bus;
import dev.weir.model.LaneId;
import dev.weir.port.Item;
import dev.weir.port.Items;
import dev.weir.port.Shard;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What can be found out about a run from outside: what producers were given, and what is stored. Read without the code under test. */
public final class Evidence {
    private final Map<String, List<String>> queues = new HashMap<>();
    private final Chunks chunks;
    private final Setup setup;
    private final List<Submission> given;
    private final Store store;
    private final Kinesis kinesis;

    Evidence(Setup setup, List<Submission> given, Store store, Kinesis kinesis, Chunks chunks) {
        this.chunks = chunks;
        this.setup = setup;
        this.given = List.copyOf(given);
        this.store = store;
        this.kinesis = kinesis;
    }

    /** What was given to producers so far, in order. */
    public List<Submission> given() {
        return given;
    }

    /** The store, as it is. */
    public Items items() {
        return store.items();
    }

    public Bus bus() {
        return setup.bus();
    }

    /** Every lane there is: the slices, and the pass-through lane of each shard. */
    public List<LaneId> lanes() {
        List<LaneId> lanes = new ArrayList<>();
        for (int i = 0; i < bus().lanes().count(); i++) {
            lanes.add(new LaneId.Slice(i));
        }
        for (Shard shard : kinesis.shards()) {
            lanes.add(new LaneId.PassThrough(shard.id()));
        }
        return lanes;
    }

    /** The payloads of a queue that a lane wrote, in the order of their ids. */
    public List<String> queue(String logical, LaneId lane) {
        return queue(bus().queue(logical, lane));
    }

    /** The payloads of a queue by its physical name, in the order of their ids. */
    public List<String> queue(String physical) {
        return queues.computeIfAbsent(physical, this::payloads);
    }

    private List<String> payloads(String queue) {
        List<String> payloads = new ArrayList<>();
        for (Item chunk : items().query(bus().queues(), queue, "z/", "z0", Integer.MAX_VALUE)) {
            payloads.addAll(chunks.payloads(chunk));
        }
        return payloads;
    }

    /** What a lane keeps in the table of checkpoints under sort keys that begin so, for example {@code parked#}. */
    public List<Item> kept(LaneId lane, String kind) {
        String end = kind.substring(0, kind.length() - 1) + (char) (kind.charAt(kind.length() - 1) + 1);
        return items().query(bus().checkpoints(), setup.bot() + "/" + lane.text(), kind, end, Integer.MAX_VALUE);
    }

    /** When each chunk of a queue came to be seen, in the order of their ids. */
    List<Long> chunksSeenSince(String physical) {
        return items().query(bus().queues(), physical, "z/", "z0", Integer.MAX_VALUE).stream()
                .map(item -> store.seenSince(item.key()))
                .toList();
    }
}
