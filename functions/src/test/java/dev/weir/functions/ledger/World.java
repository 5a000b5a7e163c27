package dev.weir.functions.ledger;

import dev.weir.flow.Bus;
import dev.weir.flow.Counts;
import dev.weir.flow.LaneStatus;
import dev.weir.flow.Spine;
import dev.weir.flow.StateView;
import dev.weir.flow.Version;
import dev.weir.graph.Graph;
import dev.weir.graph.Sink;
import dev.weir.memory.ManualTime;
import dev.weir.memory.MemoryItems;
import dev.weir.memory.MemoryObjectStore;
import dev.weir.memory.MemoryStreams;
import dev.weir.model.LaneId;
import dev.weir.model.Lanes;
import dev.weir.port.Item;
import dev.weir.port.Shard;
import dev.weir.port.StreamRecord;
import dev.weir.queue.Page;
import dev.weir.queue.Position;
import dev.weir.queue.QueueName;
import dev.weir.queue.QueueReader;
import dev.weir.queue.Queues;
import dev.weir.queue.ReadLimits;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** A bus in memory with one bot: what can be done to it, and what can be seen of it, from outside. */
final class World<T, V, R> {
    static final long START_MILLIS = 1_800_000_000_000L;

    /** How long an invocation has, by the manual clock. */
    static final long INVOCATION_MILLIS = 10_000;

    /** A process of the bot: its spine, and the calls that it makes. */
    record Copy<T, V, R>(Spine<T, V, R> spine, Calls calls) {}

    final Graph<T, V, R> graph;
    final Bus bus;
    final String stream;
    final MemoryItems items;
    final ManualTime time;
    final MemoryStreams streams;
    private int copies;

    World(Graph<T, V, R> graph, int lanes, int shards) {
        this(graph, new Bus("weir", new Lanes(lanes)), new MemoryItems(), new ManualTime(START_MILLIS), shards);
    }

    private World(Graph<T, V, R> graph, Bus bus, MemoryItems items, ManualTime time, int shards) {
        this(graph, bus, items, time, new MemoryStreams(time));
        streams.create(stream, shards);
    }

    /** The same bus as another bot's, whose stream is there. */
    World(Graph<T, V, R> graph, Bus bus, MemoryItems items, ManualTime time, MemoryStreams streams) {
        this.graph = graph;
        this.bus = bus;
        this.stream = bus.stream(graph.source().stream());
        this.items = items;
        this.time = time;
        this.streams = streams;
    }

    static World<Transfer, BigDecimal, Decided> ledger(int lanes) {
        return new World<>(Ledger.GRAPH, lanes, 1);
    }

    /** A new process, as after a cold start. */
    Copy<T, V, R> copy(Plan plan) {
        return copy(plan, Version.NONE);
    }

    /** The same of a published version. */
    Copy<T, V, R> copy(Plan plan, Version version) {
        Calls calls = new Calls(plan);
        Spine<T, V, R> spine = new Spine<>(
                graph,
                bus,
                new FaultyItems(items, calls),
                new FaultyStreams(streams, calls),
                time,
                Runnable::run,
                "copy-" + copies++,
                version);
        return new Copy<>(spine, calls);
    }

    Copy<T, V, R> copy() {
        return copy(Plan.NO_FAULTS);
    }

    /** Delivers everything that is in the stream, and what it leads to, by one process that does not fail. */
    void deliver() {
        new Delivery<>(this).drain();
    }

    boolean tick() {
        return copy().spine().tick(deadlineMillis());
    }

    long deadlineMillis() {
        return time.epochMillis() + INVOCATION_MILLIS;
    }

    void put(List<StreamRecord> records) {
        records.forEach(record -> streams.put(stream, List.of(record)));
    }

    void put(StreamRecord... records) {
        put(List.of(records));
    }

    /** A record of a producer that knows nothing of lanes. */
    void putForeign(String partitionKey, String data) {
        putForeign(partitionKey, data.getBytes(StandardCharsets.UTF_8));
    }

    void putForeign(String partitionKey, byte[] data) {
        put(new StreamRecord(partitionKey, null, data));
    }

    List<String> openShards() {
        return streams.shards(stream).stream()
                .filter(Shard::open)
                .map(Shard::id)
                .toList();
    }

    /** The lanes, and the pass-through lane of each shard. */
    List<LaneId> lanes() {
        List<LaneId> lanes = new ArrayList<>(LaneStatus.slices(bus));
        streams.shards(stream).forEach(shard -> lanes.add(new LaneId.PassThrough(shard.id())));
        return lanes;
    }

    /** What each lane wrote to a queue, in order. */
    List<List<String>> byLane(String queue) {
        return lanes().stream().map(lane -> read(bus.queue(queue, lane))).toList();
    }

    private List<String> read(String queue) {
        QueueReader reader = queues().reader(QueueName.of(queue), Position.beginning());
        List<String> all = new ArrayList<>();
        Page page;
        do {
            page = reader.next(ReadLimits.DEFAULTS).orThrow();
            page.events().forEach(event -> all.add(event.payload().toString()));
        } while (!page.isEnd());
        return all;
    }

    Queues queues() {
        return new Queues(bus.queueTables(), items, new MemoryObjectStore(), time);
    }

    List<String> results() {
        Sink.OwnQueue<R> sink = (Sink.OwnQueue<R>) graph.sink();
        return byLane(sink.queue()).stream().flatMap(List::stream).toList();
    }

    List<String> gaps() {
        return byLane(graph.name() + ".gaps").stream().flatMap(List::stream).toList();
    }

    TreeMap<String, V> state() {
        return new StateView<>(graph, bus, items).all();
    }

    List<Item> parked() {
        return lanes().stream()
                .flatMap(lane -> LaneStatus.parked(bus, graph.name(), lane, items, Integer.MAX_VALUE).stream())
                .toList();
    }

    List<String> parkedPayloads() {
        return parked().stream()
                .map(item -> new String(item.bytes("payload"), StandardCharsets.UTF_8))
                .toList();
    }

    List<String> parkedReasons() {
        return parked().stream().map(item -> item.text("reason")).toList();
    }

    List<LaneStatus> status() {
        return LaneStatus.all(bus, graph.name(), lanes(), items);
    }

    long counted(Counts.Count count) {
        return status().stream().mapToLong(lane -> lane.counts().of(count)).sum();
    }

    long held() {
        return status().stream().mapToLong(LaneStatus::held).sum();
    }

    long commits() {
        return status().stream().mapToLong(LaneStatus::commits).sum();
    }

    /** Items that a lane keeps, by the beginning of their sort keys: {@code journal#}, {@code held#}, {@code outbox#}, {@code ids#}. */
    List<Item> kept(String kind) {
        String end = kind.substring(0, kind.length() - 1) + "$";
        return lanes().stream()
                .flatMap(
                        lane -> items
                                .query(
                                        bus.checkpoints(),
                                        graph.name() + "/" + lane.text(),
                                        kind,
                                        end,
                                        Integer.MAX_VALUE)
                                .stream())
                .toList();
    }
}
