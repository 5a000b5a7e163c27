package dev.weir.flow;

import dev.weir.graph.Graph;
import dev.weir.graph.Sink;
import dev.weir.model.Eid;
import dev.weir.model.LaneId;
import dev.weir.port.Attribute;
import dev.weir.port.Item;
import dev.weir.port.Items;
import dev.weir.port.Key;
import dev.weir.wire.Gzip;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Reads a lane from what its commits stored: checkpoint, journal, held events, outbox, ids, heads of its queues. Thread-safe.
 *
 * <p>The checkpoint is read first and again last: if it changed in between, somebody else is at work, and what was read may not belong
 * together; then it is read anew.
 */
final class LaneStore<T, V, R> {
    private static final int INFLATED_BYTES_MAX = 64 * 1024 * 1024;
    private static final int LOADS_MAX = 10;

    private final Graph<T, V, R> graph;
    private final Bus bus;
    private final Items items;
    private final Optional<Version> version;

    /** For a version of the bot that is to serve lanes. */
    LaneStore(Graph<T, V, R> graph, Bus bus, Items items, Version version) {
        this(graph, bus, items, Optional.of(version));
    }

    /** @param version empty for who commits nothing, and may read every lane */
    LaneStore(Graph<T, V, R> graph, Bus bus, Items items, Optional<Version> version) {
        this.graph = graph;
        this.bus = bus;
        this.items = items;
        this.version = version;
    }

    /** Throws {@link VersionRefusedException} if another version serves the lane. */
    Lane<T, V> load(LaneId id, long nowMillis) {
        for (int i = 0; i < LOADS_MAX; i++) {
            Optional<Item> checkpoint = items.get(bus.checkpoint(graph.name(), id));
            Serving before = admitted(id, checkpoint);
            Lane<T, V> lane = checkpoint.isPresent() ? restored(id, checkpoint.get(), nowMillis) : fresh(id);
            serve(lane, before);
            if (fence(items.get(bus.checkpoint(graph.name(), id))) == lane.fence) {
                return lane;
            }
        }
        throw new IllegalStateException(
                "lane changed each time that it was read; another function writes it all the time: bot=" + graph.name()
                        + " lane=" + id.text() + " tries=" + LOADS_MAX);
    }

    /** Looked at before anything else is read: what another version keeps need not be readable. */
    private Serving admitted(LaneId id, Optional<Item> checkpoint) {
        Serving serving = checkpoint.map(Serving::from).orElseGet(this::chosen);
        version.filter(run -> !serving.admits(run)).ifPresent(run -> {
            throw VersionRefusedException.of(graph.name(), id, serving, run);
        });
        return serving;
    }

    /** What a lane without a checkpoint begins with: nobody who has no version asks. */
    private Serving chosen() {
        return hasVersion()
                ? items.get(bus.serving(graph.name())).map(Serving::from).orElse(Serving.ANYBODY)
                : Serving.ANYBODY;
    }

    private boolean hasVersion() {
        return version.filter(run -> !run.isNone()).isPresent();
    }

    private void serve(Lane<T, V> lane, Serving before) {
        lane.serving = version.map(before::by).orElse(before);
        boolean isFirst = lane.fence == 0 && hasVersion();
        if (isFirst || !lane.serving.equals(before)) {
            lane.handover = Optional.of(new Handover(before, lane.positions.toAttribute(), isFirst));
        }
    }

    private static long fence(Optional<Item> checkpoint) {
        return checkpoint.map(item -> item.integer("fence")).orElse(0L);
    }

    private Lane<T, V> fresh(LaneId id) {
        Lane<T, V> lane = new Lane<>(
                id,
                slots(id, true),
                new Positions(),
                new Marks(),
                new Counts(),
                StateTypes.of(graph),
                new TreeMap<>(),
                0,
                1);
        heads(lane);
        return lane;
    }

    private Lane<T, V> restored(LaneId id, Item checkpoint, long nowMillis) {
        if (checkpoint.integer("lanes") != bus.lanes().count()) {
            throw new IllegalStateException("the number of lanes of a stream never changes: bot=" + graph.name()
                    + " stored=" + checkpoint.integer("lanes") + " now="
                    + bus.lanes().count());
        }
        TreeMap<Route, Long> emitted = new TreeMap<>();
        checkpoint.struct("emitted").forEach((to, next) -> emitted.put(Route.parse(to), number(next)));
        Lane<T, V> lane = new Lane<>(
                id,
                slots(id, false),
                Positions.from(checkpoint),
                Marks.from(checkpoint),
                Counts.from(checkpoint),
                StateTypes.restored(checkpoint, graph),
                emitted,
                checkpoint.integer("fence"),
                checkpoint.integer("journalFrom"));
        journal(lane);
        held(lane);
        ids(lane, nowMillis);
        lane.unsent.addAll(all(lane, SortKeys.OUTBOX));
        heads(lane);
        return lane;
    }

    private Slots<V> slots(LaneId id, boolean complete) {
        int index = id instanceof LaneId.Slice slice ? slice.index() : -1;
        return new Slots<>(
                graph.table(), bus.state(graph.name(), graph.table().name()), index, bus.lanes(), items, complete);
    }

    private void journal(Lane<T, V> lane) {
        String from = SortKeys.from(SortKeys.JOURNAL, lane.journalFrom);
        String partition = bus.partition(graph.name(), lane.id);
        for (Item item :
                items.query(bus.checkpoints(), partition, from, SortKeys.end(SortKeys.JOURNAL), Integer.MAX_VALUE)) {
            byte[] gzip = item.bytes("gzip");
            long fence = SortKeys.fence(sort(item));
            JournalFormat.replay(
                    Gzip.decompress(gzip, INFLATED_BYTES_MAX),
                    fence,
                    graph.table().codec(),
                    lane.slots,
                    graph.table().zero());
            lane.journalBytes += gzip.length;
        }
    }

    private void held(Lane<T, V> lane) {
        LineDecode<T> decode = new LineDecode<>(graph);
        for (Item item : all(lane, SortKeys.HELD)) {
            List<Held.Entry<T>> entries =
                    HeldFormat.read(Gzip.decompress(item.bytes("gzip"), INFLATED_BYTES_MAX), decode);
            lane.slots.prefetch(keys(entries));
            List<Held.Entry<T>> waiting = entries.stream()
                    .filter(entry -> entry.number + entry.count() > next(lane, entry.scope))
                    .toList();
            waiting.forEach(entry -> lane.held.restore(entry, sort(item)));
            waiting.stream()
                    .filter(entry -> entry.number <= next(lane, entry.scope))
                    .forEach(entry -> lane.unfinishedReleases.add(entry.scope));
            if (waiting.isEmpty()) {
                items.deleteAll(List.of(item.key()));
            }
        }
    }

    private static <T> List<String> keys(List<Held.Entry<T>> entries) {
        List<String> keys = new ArrayList<>();
        for (Held.Entry<T> entry : entries) {
            if (entry.scope instanceof Scope.OfKey(String key)) {
                keys.add(key);
            }
        }
        return keys;
    }

    private static long next(Lane<?, ?> lane, Scope scope) {
        return switch (scope) {
            case Scope.Producer(String id) -> lane.marks.of(id).next();
            case Scope.OfKey(String key) -> lane.slots.loaded(key).sequence.next();
        };
    }

    private void ids(Lane<T, V> lane, long nowMillis) {
        if (graph.ids().isEmpty()) {
            return;
        }
        for (Item item : all(lane, SortKeys.IDS)) {
            if (item.integer("expires") > nowMillis) {
                lane.ids.restore(item.bytes("ids"), item.integer("expires"));
            }
        }
    }

    private void heads(Lane<T, V> lane) {
        List<String> own =
                new ArrayList<>(List.of(graph.name() + ".gaps", graph.name() + ".parked", graph.name() + ".dropped"));
        if (graph.sink() instanceof Sink.OwnQueue<R>(String queue, var _)) {
            own.addFirst(queue);
        }
        List<Key> keys = own.stream()
                .map(logical -> new Key(bus.heads(), bus.queue(logical, lane.id), null))
                .toList();
        for (Item head : items.getAll(keys)) {
            Eid.parse(head.textOr("max_eid", ""))
                    .ifPresent(eid -> lane.heads.put(head.key().partition(), eid));
        }
    }

    private List<Item> all(Lane<T, V> lane, String kind) {
        return items.query(
                bus.checkpoints(), bus.partition(graph.name(), lane.id), kind, SortKeys.end(kind), Integer.MAX_VALUE);
    }

    private static String sort(Item item) {
        String sort = item.key().sort();
        if (sort == null) {
            throw new IllegalStateException(
                    "item of a lane has no sort key: partition=" + item.key().partition());
        }
        return sort;
    }

    private static long number(Attribute value) {
        if (value instanceof Attribute.Number number) {
            return number.value().longValueExact();
        }
        throw new IllegalStateException("checkpoint holds no number where one is expected: value=" + value);
    }

    /** The committed outbox records of an item, as (lane, data) pairs in order. What is not understood is never taken for nothing. */
    static List<Map.Entry<Integer, byte[]>> records(Item outbox) {
        if (!(outbox.get("records") instanceof Attribute.Sequence sequence)) {
            throw new IllegalStateException("outbox item has no records: item=" + outbox.key());
        }
        List<Map.Entry<Integer, byte[]>> records = new ArrayList<>();
        for (Attribute element : sequence.value()) {
            if (!(element instanceof Attribute.Struct(var fields))
                    || !(fields.get("lane") instanceof Attribute.Number lane)
                    || !(fields.get("data") instanceof Attribute.Bytes data)) {
                throw new IllegalStateException("outbox record has no lane and data: item=" + outbox.key());
            }
            records.add(Map.entry((int) number(lane), data.value()));
        }
        return records;
    }
}
