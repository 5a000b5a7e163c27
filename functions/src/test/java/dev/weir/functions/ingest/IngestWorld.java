package dev.weir.functions.ingest;

import dev.weir.flow.Bus;
import dev.weir.flow.LaneStatus;
import dev.weir.flow.Spine;
import dev.weir.graph.NoState;
import dev.weir.graph.Output;
import dev.weir.memory.ManualTime;
import dev.weir.memory.MemoryItems;
import dev.weir.memory.MemoryStreams;
import dev.weir.model.Chunk;
import dev.weir.model.Json;
import dev.weir.model.LaneId;
import dev.weir.model.Lanes;
import dev.weir.model.Record;
import dev.weir.model.SequenceNumber;
import dev.weir.port.Attribute;
import dev.weir.port.Item;
import dev.weir.port.Items;
import dev.weir.port.Key;
import dev.weir.wire.ChunkEncoder;
import dev.weir.wire.Gzip;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The bot over stores in memory: copies of its function with clocks of their own, and queues as leo-sdk would read them. */
final class IngestWorld {
    static final long NOW = 1_795_194_307_123L;

    final MemoryItems items = new MemoryItems();
    final Bus bus;
    private final Map<String, Integer> sequences = new HashMap<>();
    private int copies;

    IngestWorld() {
        this(4);
    }

    IngestWorld(int lanes) {
        this.bus = new Bus("weir", new Lanes(lanes));
    }

    /** A warm copy of the function. */
    final class Copy {
        final ManualTime time;
        private final Spine<BusLine, NoState, List<Output>> spine;

        private Copy(long clockMillis, Items store) {
            this.time = new ManualTime(clockMillis);
            this.spine = new Spine<>(
                    Ingest.GRAPH, bus, store, new MemoryStreams(time), time, Runnable::run, "copy-" + copies++);
        }

        Optional<SequenceNumber> process(List<Record> records) {
            return spine.process(records, time.epochMillis() + 10_000);
        }

        /** As the mapping does it: again, until it is done; a copy whose lane another one had must load it anew. */
        void deliver(Record... records) {
            for (int i = 0; process(List.of(records)).isPresent(); i++) {
                if (i == 3) {
                    throw new AssertionError("a batch does not get through: first=" + records[0].sequenceNumber());
                }
            }
        }

        /** All of it must be done at once. */
        void take(Record... records) {
            Optional<SequenceNumber> left = process(List.of(records));
            if (left.isPresent()) {
                throw new AssertionError("a batch was not done: first=" + left.get());
            }
        }
    }

    Copy copy() {
        return copy(NOW);
    }

    Copy copy(long clockMillis) {
        return new Copy(clockMillis, items);
    }

    Copy copy(long clockMillis, Items store) {
        return new Copy(clockMillis, store);
    }

    // ------------------------------------------------------------------ records

    Record record(String shard, byte[] data) {
        return record(shard, data, NOW - 50);
    }

    Record record(String shard, byte[] data, long arrivalMillis) {
        int sequence = sequences.merge(shard, 1, Integer::sum);
        return new Record("shardId-" + shard, new SequenceNumber(Integer.toString(sequence)), "0", arrivalMillis, data);
    }

    /** As leo-sdk sends: gzip of lines. */
    Record gzip(String shard, String... lines) {
        byte[] text = (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
        return record(shard, new Gzip(6).compress(text, 0, text.length));
    }

    Record plain(String shard, String... lines) {
        return record(shard, String.join("\n", lines).getBytes(StandardCharsets.UTF_8));
    }

    /** As Weir's writer sends: numbered in a lane. */
    Record numbered(String shard, String producer, int lane, long seq, String... lines) {
        ChunkEncoder chunk = new ChunkEncoder();
        chunk.begin(new Chunk(producer, lane, bus.lanes().count(), seq));
        for (String line : lines) {
            chunk.add(Json.of(line));
        }
        return record(shard, chunk.finish());
    }

    static String line(String bot, String queue, Object payload) {
        return "{\"id\":\"" + bot + "\",\"event\":\"" + queue + "\",\"payload\":" + payload
                + ",\"event_source_timestamp\":" + (NOW - 100) + ",\"timestamp\":" + (NOW - 60) + ",\"eid\":0}";
    }

    static String[] lines(String bot, String queue, int from, int to) {
        String[] lines = new String[to - from];
        for (int i = from; i < to; i++) {
            lines[i - from] = line(bot, queue, i);
        }
        return lines;
    }

    // ------------------------------------------------------------------ queues

    /** An event as a reader gets it. */
    record Read(String eid, String line) {
        String payload() {
            return new LineFields(Json.of(line))
                    .all()
                    .getOrDefault("payload", Json.of(""))
                    .toString();
        }
    }

    /** Reads a queue as leo-sdk does: up to the head, each item from its start on; keeps its checkpoint. */
    final class Reader {
        private final String queue;
        private String checkpoint = "z/";
        final List<Read> seen = new ArrayList<>();

        Reader(String queue) {
            this.queue = queue;
        }

        List<String> payloads() {
            read();
            return seen.stream().map(Read::payload).toList();
        }

        Reader read() {
            String max = head(queue).map(head -> head.textOr("max_eid", "")).orElse("");
            for (Item item : items.query(bus.queues(), queue, checkpoint + " ", max + " ", Integer.MAX_VALUE)) {
                read(item);
            }
            return this;
        }

        private void read(Item item) {
            String end = String.valueOf(item.key().sort());
            if (item.get("gzip") == null) {
                seen.add(new Read(end, ""));
                checkpoint = end;
                return;
            }
            String start = item.text("start");
            long index = Long.parseLong(start.substring(start.length() - 7));
            String prefix = start.substring(0, start.length() - 7);
            for (String line : text(item).lines().toList()) {
                String eid = prefix + String.format(Locale.ROOT, "%07d", index++);
                if (eid.compareTo(checkpoint) > 0) {
                    seen.add(new Read(eid, line));
                    checkpoint = eid;
                }
            }
            if (!checkpoint.equals(end)) {
                throw new AssertionError("an item has other lines than it says: last=" + checkpoint + " end=" + end);
            }
        }
    }

    Reader reader(String queue) {
        return new Reader(queue);
    }

    static String text(Item item) {
        return new String(Gzip.decompress(item.bytes("gzip"), 1 << 26), StandardCharsets.UTF_8);
    }

    /** The payloads of a queue, in order. */
    List<String> payloads(String queue) {
        return reader(queue).payloads();
    }

    List<Item> chunks(String queue) {
        return items.query(bus.queues(), queue, "z/", "z0", Integer.MAX_VALUE);
    }

    Optional<Item> head(String queue) {
        return items.get(new Key(bus.heads(), queue, null));
    }

    String maxEid(String queue) {
        return head(queue).orElseThrow().text("max_eid");
    }

    /** A write checkpoint; empty if there is none. */
    Map<String, Attribute> checkpoint(String bot, String ref) {
        return items.get(new Key(bus.cron(), bot, null))
                .map(row -> struct(struct(row.struct("checkpoints"), "write"), ref))
                .orElse(Map.of());
    }

    static Map<String, Attribute> struct(Map<String, Attribute> in, String name) {
        return in.get(name) instanceof Attribute.Struct(var fields) ? fields : Map.of();
    }

    /** What was parked by all lanes, as {@code reason} and text. */
    List<Item> parked(String... shards) {
        List<LaneId> lanes = new ArrayList<>(LaneStatus.slices(bus));
        for (String shard : shards) {
            lanes.add(new LaneId.PassThrough("shardId-" + shard));
        }
        return lanes.stream()
                .flatMap(lane -> LaneStatus.parked(bus, Ingest.NAME, lane, items, 1_000).stream())
                .toList();
    }
}
