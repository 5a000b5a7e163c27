package dev.weir.infra.cost;

import dev.weir.flow.Bus;
import dev.weir.flow.Spine;
import dev.weir.graph.Graph;
import dev.weir.memory.ManualTime;
import dev.weir.memory.MemoryItems;
import dev.weir.memory.MemoryObjectStore;
import dev.weir.memory.MemoryStreams;
import dev.weir.queue.Queues;

/** A bus in memory with a meter on everything that AWS bills. One thread. */
final class World {
    private static final long NOW_MILLIS = 1_800_000_001_000L;

    final Bus bus;
    final Meter meter = new Meter();
    final ManualTime time = new ManualTime(NOW_MILLIS);

    /** The same items without a meter, to look at. */
    final MemoryItems plain = new MemoryItems();

    final MeteredItems items = new MeteredItems(plain, meter);
    final MemoryStreams records = new MemoryStreams(time);
    final MeteredStreams streams = new MeteredStreams(records, meter);
    final MeteredObjects objects = new MeteredObjects(new MemoryObjectStore(), meter);
    final Queues queues;

    World(Bus bus) {
        this.bus = bus;
        this.queues = new Queues(bus.queueTables(), items, objects, time);
    }

    /** A warm function's spine; its lanes run one after another. */
    <T, V, R> Spine<T, V, R> spine(Graph<T, V, R> graph) {
        return new Spine<>(graph, bus, items, streams, time, Runnable::run, "cost");
    }
}
