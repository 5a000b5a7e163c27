package dev.weir.functions.ledger;

import dev.weir.bot.FanOut;
import dev.weir.bot.QueueRun;
import dev.weir.bot.RunOutcome;
import dev.weir.cron.Checkpoint;
import dev.weir.cron.CronRows;
import dev.weir.cron.CronWrite;
import dev.weir.flow.Bus;
import dev.weir.flow.LaneStatus;
import dev.weir.flow.Spine;
import dev.weir.flow.StateView;
import dev.weir.flow.Version;
import dev.weir.graph.Graph;
import dev.weir.memory.ManualTime;
import dev.weir.memory.MemoryItems;
import dev.weir.memory.MemoryObjectStore;
import dev.weir.memory.MemoryStreams;
import dev.weir.model.Eid;
import dev.weir.model.Json;
import dev.weir.model.Lanes;
import dev.weir.port.Attribute;
import dev.weir.port.Condition;
import dev.weir.port.Item;
import dev.weir.port.Key;
import dev.weir.port.Write;
import dev.weir.queue.Page;
import dev.weir.queue.Position;
import dev.weir.queue.QueueEvent;
import dev.weir.queue.QueueName;
import dev.weir.queue.Queues;
import dev.weir.queue.ReadLimits;
import dev.weir.wire.ByteSink;
import dev.weir.wire.EnvelopeEncoder;
import dev.weir.wire.Gzip;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

/** A bus in memory with one bot on queues, and somebody who fills them. */
final class QueueWorld<T, V, R> {
    private static final int RUNS_MAX = 2_000;

    /** A process of the bot, and the calls that it makes. */
    record Copy<T, V, R>(QueueRun<T, V, R> run, Calls calls) {}

    final Graph<T, V, R> graph;
    final Bus bus;
    final MemoryItems items;
    final ManualTime time;
    final MemoryStreams streams;
    final MemoryObjectStore objects = new MemoryObjectStore();
    final Queues queues;
    int pageEntries = QueueRun.PAGE_ENTRIES_MAX;
    private final Map<String, Eid> heads = new HashMap<>();
    private int copies;

    QueueWorld(Graph<T, V, R> graph, int lanes) {
        this(graph, new Bus("weir", new Lanes(lanes)), new MemoryItems(), new ManualTime(World.START_MILLIS));
    }

    /** The same bus as another bot's. */
    QueueWorld(Graph<T, V, R> graph, World<?, ?, ?> world) {
        this(graph, world.bus, world.items, world.time);
    }

    /** The same bus as another bot's on queues. */
    QueueWorld(Graph<T, V, R> graph, QueueWorld<?, ?, ?> other) {
        this(graph, other.bus, other.items, other.time);
    }

    private QueueWorld(Graph<T, V, R> graph, Bus bus, MemoryItems items, ManualTime time) {
        this.graph = graph;
        this.bus = bus;
        this.items = items;
        this.time = time;
        this.streams = new MemoryStreams(time);
        this.queues = new Queues(bus.queueTables(), items, objects, time);
    }

    Copy<T, V, R> copy(Plan plan, FanOut own) {
        return copy(plan, own, Version.NONE);
    }

    /** The same of a published version. */
    Copy<T, V, R> copy(Plan plan, FanOut own, Version version) {
        Calls calls = new Calls(plan);
        FaultyItems faulty = new FaultyItems(items, calls);
        Spine<T, V, R> spine = new Spine<>(
                graph,
                bus,
                faulty,
                new FaultyStreams(streams, calls),
                time,
                Runnable::run,
                "copy-" + copies++,
                version);
        Queues seen = new Queues(bus.queueTables(), faulty, objects, time);
        return new Copy<>(new QueueRun<>(graph, bus, faulty, seen, time, spine, own, pageEntries), calls);
    }

    Copy<T, V, R> copy() {
        return copy(Plan.NO_FAULTS, FanOut.ALONE);
    }

    /** One run; empty if the process died in it. */
    Optional<RunOutcome> run(Copy<T, V, R> copy) {
        long now = time.epochMillis();
        try {
            return Optional.of(copy.run().run(now + 8_000, now + World.INVOCATION_MILLIS, () -> false));
        } catch (Death _) {
            return Optional.empty();
        } catch (CompletionException e) {
            if (!(e.getCause() instanceof Death)) {
                throw e;
            }
            return Optional.empty();
        }
    }

    /** One run that meets no faults. */
    RunOutcome run() {
        return run(copy()).orElseThrow();
    }

    /** Runs all instances, each process once, until all of them say that nothing is left. */
    void drain(int instances, Supplier<Plan> plans) {
        for (int i = 0; i < RUNS_MAX; i++) {
            boolean done = true;
            for (int instance = 0; instance < instances; instance++) {
                Optional<RunOutcome> outcome = run(copy(plans.get(), new FanOut(instance, instances)));
                done &= outcome.orElse(null) instanceof RunOutcome.Done(long entries) && entries == 0;
            }
            if (done) {
                return;
            }
        }
        throw new AssertionError("the bot does not finish: runs=" + RUNS_MAX + " instances=" + instances);
    }

    void drain() {
        drain(1, () -> Plan.NO_FAULTS);
    }

    /** Writes events in one chunk, as the bus does; answers the id of the first. */
    Eid put(String queue, List<String> payloads) {
        Eid head = heads.get(queue);
        Eid first = head == null ? new Eid(time.epochMillis(), 0) : head.nextRun(time.epochMillis(), payloads.size());
        ByteSink lines = new ByteSink();
        EnvelopeEncoder envelopes = new EnvelopeEncoder("writer", queue, lines);
        for (int i = 0; i < payloads.size(); i++) {
            envelopes.line(Json.of(payloads.get(i)), first.epochMillis() - 1_000, first.epochMillis(), i);
        }
        putLines(queue, first, lines.toBytes(), payloads.size());
        return first;
    }

    private void putLines(String queue, Eid first, byte[] lines, int records) {
        Eid last = first.plus(records - 1L);
        byte[] gzip = new Gzip(Gzip.LEVEL_DEFAULT).compress(lines, 0, lines.length);
        Item chunk = Item.at(new Key(bus.queues(), queue, last.toString()))
                .with("start", first.toString())
                .with("gzip", gzip)
                .with("gzipSize", gzip.length)
                .with("size", lines.length)
                .with("records", records)
                .with("v", 2)
                .build();
        Write head = new Write.Update(
                new Key(bus.heads(), queue, null),
                Map.of("max_eid", Attribute.of(last.toString()), "v", Attribute.of(2)),
                Condition.ALWAYS);
        items.transact(List.of(new Write.Put(chunk, Condition.ALWAYS), head));
        heads.put(queue, last);
    }

    /** A chunk whose lines are given as they are. */
    Eid putRaw(String queue, String... lines) {
        Eid head = heads.get(queue);
        Eid first = head == null ? new Eid(time.epochMillis(), 0) : head.nextRun(time.epochMillis(), lines.length);
        putLines(
                queue,
                first,
                (String.join("\n", lines) + "\n").getBytes(java.nio.charset.StandardCharsets.UTF_8),
                lines.length);
        return first;
    }

    /** Ids and payloads of all that is in a queue, whichever lane wrote it; each lane's in order. */
    List<QueueEvent> read(String queue) {
        List<QueueEvent> all = new ArrayList<>();
        for (QueueName part : queues.parts(QueueName.of(queue))) {
            var reader = queues.reader(part, Position.beginning());
            for (Page page = reader.next(ReadLimits.DEFAULTS); !page.entries().isEmpty(); ) {
                all.addAll(page.events());
                page = reader.next(ReadLimits.DEFAULTS);
            }
        }
        return all;
    }

    List<String> payloads(String queue) {
        return read(queue).stream().map(event -> event.payload().toString()).toList();
    }

    /** What the bot said of each event, by key, in order. */
    TreeMap<String, List<Integer>> seen() {
        TreeMap<String, List<Integer>> seen = new TreeMap<>();
        for (String payload : payloads("seen")) {
            String key = payload.replaceAll(".*\"key\":\"([^\"]*)\".*", "$1");
            seen.computeIfAbsent(key, _ -> new ArrayList<>())
                    .add(Integer.valueOf(payload.replaceAll(".*\"n\":(\\d+).*", "$1")));
        }
        return seen;
    }

    TreeMap<String, V> state() {
        return new StateView<>(graph, bus, items).all();
    }

    List<Item> parked() {
        return LaneStatus.slices(bus).stream()
                .flatMap(lane -> LaneStatus.parked(bus, graph.name(), lane, items, Integer.MAX_VALUE).stream())
                .toList();
    }

    /** The checkpoint that people see. */
    Optional<String> checkpoint(String queue) {
        return new CronRows(bus.cron(), items, time)
                .find(graph.name())
                .flatMap(row -> row.read(QueueName.of(queue)))
                .map(Checkpoint::eid);
    }

    /** As an operator sets it. */
    void setCheckpoint(String queue, String eid) {
        new CronRows(bus.cron(), items, time).ensure(graph.name());
        items.write(CronWrite.of(bus.cron(), graph.name())
                .reset(QueueName.of(queue), new Checkpoint(eid, 0, 0, 0, 0))
                .build());
    }
}
