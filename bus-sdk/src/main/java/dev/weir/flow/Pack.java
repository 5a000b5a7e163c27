package dev.weir.flow;

import dev.weir.graph.Graph;
import dev.weir.graph.Sink;
import dev.weir.model.Chunk;
import dev.weir.model.Eid;
import dev.weir.model.Json;
import dev.weir.port.Attribute;
import dev.weir.port.Condition;
import dev.weir.port.Item;
import dev.weir.port.Key;
import dev.weir.port.Write;
import dev.weir.wire.ChunkEncoder;
import dev.weir.wire.EnvelopeEncoder;
import dev.weir.wire.Gzip;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * From a lane's draft to the writes of one transaction: checkpoint, journal, results with the head of their queue, gaps, held and parked
 * events, outbox, ids. Not thread-safe.
 *
 * <p>At most {@link Limits#COMMIT_BYTES_MAX} bytes and one event more go in, so what comes out is within DynamoDB's 100 items and 4 MB.
 */
final class Pack<T, V, R> {
    private final Graph<T, V, R> graph;
    private final Bus bus;
    private final String incarnation;
    private final Gzip gzip = new Gzip(Gzip.LEVEL_DEFAULT);
    private final ChunkEncoder chunks = new ChunkEncoder(Gzip.LEVEL_DEFAULT);

    Pack(Graph<T, V, R> graph, Bus bus, String incarnation) {
        this.graph = graph;
        this.bus = bus;
        this.incarnation = incarnation;
    }

    /**
     * @param attempt how often the draft was packed before, for this commit: each time it is another commit, since another one has other ids
     */
    Packed pack(Lane<T, V> lane, long nowMillis, int attempt) {
        long fence = lane.fence + 1;
        List<Write> writes = new ArrayList<>();
        Map<String, Eid> heads = new LinkedHashMap<>();
        long idsExpire =
                nowMillis + graph.ids().map(rule -> rule.horizon().toMillis()).orElse(0L);
        long journalBytes = journal(lane, fence, writes);
        if (graph.sink() instanceof Sink.OwnQueue<R>(String queue, var _)) {
            results(lane, lane.draft.results(), queue, nowMillis, writes, heads);
        }
        results(lane, lane.draft.gaps(), graph.name() + ".gaps", nowMillis, writes, heads);
        ParkedDraft parking = lane.draft.parking();
        results(lane, parking.parked(), graph.name() + ".parked", nowMillis, writes, heads);
        results(lane, parking.dropped(), graph.name() + ".dropped", nowMillis, writes, heads);
        writes.addAll(parking.changes());
        List<String> segments = held(lane, fence, writes);
        parked(lane, fence, nowMillis, writes);
        ids(lane, fence, idsExpire, writes);
        TreeMap<Route, Long> emitted = new TreeMap<>(lane.emitted);
        List<Item> outbox = outbox(lane, fence, emitted);
        outbox.forEach(item -> writes.add(new Write.Put(item, Condition.ALWAYS)));
        WriteCheckpoints checkpoints = new WriteCheckpoints(bus, nowMillis, lane.rowless);
        Heads shared = outputs(lane, nowMillis, writes, checkpoints);
        checkpoints.addTo(writes);
        lane.handover.ifPresent(
                handover -> handover.addTo(writes, bus, graph.name(), lane.id, lane.serving, fence, nowMillis));
        heads.putAll(shared.risen());
        String commitId = incarnation + ":" + fence + (attempt == 0 ? "" : ":" + attempt);
        writes.addFirst(checkpoint(lane, fence, commitId, emitted, lane.unsent.size() + outbox.size(), nowMillis));
        return new Packed(commitId, writes, outbox, heads, shared.side(), emitted, segments, journalBytes, idsExpire);
    }

    private Write checkpoint(
            Lane<T, V> lane, long fence, String commitId, TreeMap<Route, Long> emitted, int unsent, long nowMillis) {
        Map<String, Attribute> next = new LinkedHashMap<>();
        emitted.forEach((to, number) -> next.put(to.text(), Attribute.of(number)));
        Item.Builder item = Item.at(bus.checkpoint(graph.name(), lane.id))
                .with("bot", graph.name())
                .with("fence", fence)
                .with("commit", commitId)
                .with("updated", nowMillis)
                .with("lanes", bus.lanes().count())
                .with("journalFrom", lane.journalFrom)
                .with("held", lane.held.events())
                .with("unsent", unsent)
                .with("positions", lane.positions.toAttribute())
                .with("marks", lane.marks.toAttribute())
                .with("emitted", Attribute.of(next))
                .with("counts", lane.counts.toAttribute());
        lane.steps.toAttribute().ifPresent(steps -> item.with("steps", steps));
        lane.serving.toAttributes().forEach(item::with);
        Condition unchanged =
                lane.fence == 0 ? Condition.ABSENT : new Condition.Equal("fence", Attribute.of(lane.fence));
        return new Write.Put(item.build(), unchanged);
    }

    private long journal(Lane<T, V> lane, long fence, List<Write> writes) {
        Pieces pieces = new Pieces(gzip, lane.slots.draftBytes());
        for (Slot<V> slot : lane.slots.changed()) {
            JournalFormat.write(slot, graph.table().codec(), pieces.lines());
            pieces.endLine();
        }
        long bytes = 0;
        for (Pieces.Piece piece : pieces.cut()) {
            bytes += piece.gzip().length;
            put(lane, SortKeys.JOURNAL, fence, piece, writes);
        }
        return bytes;
    }

    private List<String> held(Lane<T, V> lane, long fence, List<Write> writes) {
        Pieces pieces = new Pieces(gzip, lane.held.freshBytes());
        for (Held.Entry<T> entry : lane.held.fresh()) {
            HeldFormat.write(entry, pieces.lines());
            pieces.endLine();
        }
        List<String> segments = new ArrayList<>();
        for (Pieces.Piece piece : pieces.cut()) {
            String segment = put(lane, SortKeys.HELD, fence, piece, writes);
            for (int i = piece.from(); i < piece.to(); i++) {
                segments.add(segment);
            }
        }
        return segments;
    }

    /** The item's number is the count of items of its kind so far in this commit. */
    private String put(Lane<T, V> lane, String kind, long fence, Pieces.Piece piece, List<Write> writes) {
        long before =
                writes.stream().filter(write -> startsWith(write.key(), kind)).count();
        String sort = SortKeys.item(kind, fence, (int) before);
        writes.add(new Write.Put(
                Item.at(at(lane, sort))
                        .with("gzip", piece.gzip())
                        .with("size", piece.size())
                        .build(),
                Condition.ALWAYS));
        return sort;
    }

    private static boolean startsWith(Key key, String kind) {
        return key.sort() != null && key.sort().startsWith(kind);
    }

    private void results(
            Lane<T, V> lane,
            List<Result> outputs,
            String queue,
            long nowMillis,
            List<Write> writes,
            Map<String, Eid> heads) {
        if (outputs.isEmpty()) {
            return;
        }
        String physical = bus.queue(queue, lane.id);
        Eid head = lane.heads.get(physical);
        Eid first = head == null ? new Eid(nowMillis, 0) : head.nextRun(nowMillis, outputs.size());
        Eid last = first.plus(outputs.size() - 1L);
        Pieces pieces = new Pieces(gzip, lane.draft.bytes());
        EnvelopeEncoder envelopes = new EnvelopeEncoder(graph.name(), queue, pieces.lines());
        for (int i = 0; i < outputs.size(); i++) {
            Result output = outputs.get(i);
            envelopes.line(output.payload(), output.correlation(), output.sourceMillis(), nowMillis, i);
            pieces.endLine();
        }
        for (Pieces.Piece piece : pieces.cut()) {
            writes.add(new Write.Put(queueChunk(physical, first, piece), Condition.ABSENT));
        }
        writes.add(new Write.Update(
                new Key(bus.heads(), physical, null),
                Map.of(
                        "max_eid",
                        Attribute.of(last.toString()),
                        "timestamp",
                        Attribute.of(nowMillis),
                        "v",
                        Attribute.of(2)),
                new Condition.AbsentOrBelow("max_eid", Attribute.of(first.toString()))));
        heads.put(physical, last);
    }

    /** What goes to queues that others write too. */
    private Heads outputs(Lane<T, V> lane, long nowMillis, List<Write> writes, WriteCheckpoints checkpoints) {
        return switch (graph.sink()) {
            case Sink.OwnQueue<R> _ -> new Heads(bus, nowMillis);
            case Sink.SharedQueues<R>(var _, Duration retention) ->
                outputs(lane, retention, nowMillis, writes, checkpoints);
            case Sink.Effects<R>(var _, var _, var _, Duration retention) ->
                outputs(lane, retention, nowMillis, writes, checkpoints);
        };
    }

    private Heads outputs(
            Lane<T, V> lane, Duration retention, long nowMillis, List<Write> writes, WriteCheckpoints checkpoints) {
        return new PackOutputs(bus, graph.name(), lane, retention, nowMillis, gzip, writes, checkpoints).pack();
    }

    /** A chunk of a queue as RStreams' processor writes it (LeoStream, inline). */
    private Item queueChunk(String queue, Eid first, Pieces.Piece piece) {
        Key key = new Key(bus.queues(), queue, first.plus(piece.to() - 1L).toString());
        return Item.at(key)
                .with("start", first.plus(piece.from()).toString())
                .with("gzip", piece.gzip())
                .with("gzipSize", piece.gzip().length)
                .with("size", piece.size())
                .with("records", piece.to() - piece.from())
                .with("v", 2)
                .build();
    }

    private void parked(Lane<T, V> lane, long fence, long nowMillis, List<Write> writes) {
        List<Draft.Parked> events = lane.draft.parked();
        for (int i = 0; i < events.size(); i++) {
            Draft.Parked event = events.get(i);
            Item.Builder item = Item.at(at(lane, SortKeys.item(SortKeys.PARKED, fence, i)))
                    .with("step", event.step().label())
                    .with("reason", event.reason())
                    .with("shard", event.origin().shardId())
                    .with("sequence", event.origin().sequenceNumber().digits())
                    .with("index", event.index())
                    .with("arrival", event.origin().arrivalMillis())
                    .with("arrival", event.origin().arrivalMillis())
                    .with("parkedAt", nowMillis);
            if (event.key() != null) {
                item.with("key", event.key());
            }
            if (event.place() != ParkedEvent.Place.APART) {
                item.with("place", ParkedStore.text(event.place()));
            }
            if (event.isCommand()) {
                item.with("command", 1);
            }
            if (event.producer() != null) {
                item.with("producer", event.producer()).with("number", event.number());
            }
            if (event.payload() != null) {
                item.with("payload", event.payload().toBytes());
            }
            writes.add(new Write.Put(item.build(), Condition.ALWAYS));
        }
    }

    private void ids(Lane<T, V> lane, long fence, long expiresMillis, List<Write> writes) {
        if (!lane.ids.fresh().isEmpty()) {
            Item item = Item.at(at(lane, SortKeys.item(SortKeys.IDS, fence, 0)))
                    .with("ids", IdWindow.toBytes(lane.ids.fresh()))
                    .with("expires", expiresMillis)
                    .with("ttl", expiresMillis / 1_000 + 1)
                    .build();
            writes.add(new Write.Put(item, Condition.ALWAYS));
        }
    }

    private List<Item> outbox(Lane<T, V> lane, long fence, TreeMap<Route, Long> emitted) {
        List<Item> items = new ArrayList<>();
        List<Attribute> records = new ArrayList<>();
        String stream = "";
        int bytes = 0;
        for (var entry : lines(lane).entrySet()) {
            Route to = entry.getKey();
            for (List<Json> run : runs(entry.getValue())) {
                long number = emitted.getOrDefault(to, 1L);
                emitted.put(to, number + run.size());
                byte[] data = encode(lane, to.lane(), number, run);
                boolean isOther = !to.stream().equals(stream);
                if (!records.isEmpty() && (isOther || bytes + data.length > Limits.ITEM_PAYLOAD_BYTES_MAX)) {
                    items.add(outboxItem(lane, fence, items.size(), stream, records));
                    records = new ArrayList<>();
                    bytes = 0;
                }
                stream = to.stream();
                records.add(Attribute.of(Map.of("lane", Attribute.of(to.lane()), "data", Attribute.of(data))));
                bytes += data.length + 64;
            }
        }
        if (!records.isEmpty()) {
            items.add(outboxItem(lane, fence, items.size(), stream, records));
        }
        return items;
    }

    private Item outboxItem(Lane<T, V> lane, long fence, int index, String stream, List<Attribute> records) {
        return Item.at(at(lane, SortKeys.item(SortKeys.OUTBOX, fence, index)))
                .with("stream", bus.stream(stream.isEmpty() ? graph.source().stream() : stream))
                .with("records", Attribute.of(records))
                .build();
    }

    /** What goes each way: events first, then what is added to keys of the lane. */
    private TreeMap<Route, List<Json>> lines(Lane<T, V> lane) {
        TreeMap<Route, List<Json>> lines = new TreeMap<>();
        lane.draft.forwards().forEach((to, forwards) -> lines.put(to, new ArrayList<>(forwards)));
        lane.slots
                .remote()
                .forEach((to, additions) ->
                        additions.forEach((key, value) -> lines.computeIfAbsent(Route.own(to), _ -> new ArrayList<>())
                                .add(Command.add(
                                        graph.name(), key, graph.table().codec().encode(value)))));
        return lines;
    }

    /** Lines cut so that each run fits into one item even if it does not compress. */
    private static List<List<Json>> runs(List<Json> lines) {
        List<List<Json>> runs = new ArrayList<>();
        int from = 0;
        int bytes = 0;
        for (int i = 0; i < lines.size(); i++) {
            if (i > from && bytes + lines.get(i).length() > Limits.OUTBOX_RUN_BYTES) {
                runs.add(lines.subList(from, i));
                from = i;
                bytes = 0;
            }
            bytes += lines.get(i).length() + 1;
        }
        runs.add(lines.subList(from, lines.size()));
        return runs;
    }

    private byte[] encode(Lane<T, V> lane, int to, long number, List<Json> run) {
        chunks.begin(
                new Chunk(bus.partition(graph.name(), lane.id), to, bus.lanes().count(), number));
        run.forEach(chunks::add);
        return chunks.finish();
    }

    private Key at(Lane<T, V> lane, String sort) {
        return new Key(bus.checkpoints(), bus.partition(graph.name(), lane.id), sort);
    }
}
