package dev.weir.queue;

import dev.weir.memory.ManualTime;
import dev.weir.memory.MemoryItems;
import dev.weir.memory.MemoryObjectStore;
import dev.weir.model.Lanes;
import dev.weir.port.Attribute;
import dev.weir.port.Condition;
import dev.weir.port.Item;
import dev.weir.port.Key;
import dev.weir.port.ObjectStore.IfPresent;
import dev.weir.port.Table;
import dev.weir.port.Write;
import dev.weir.wire.Gzip;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The queues of a bus in memory, into which a test puts chunks by hand, as a processor would. */
final class Shelf {
    static final long START_MILLIS = 1_800_000_000_000L;

    static final QueueTables TABLES = new QueueTables(
            new Table("weir-stream", "event", "end"),
            new Table("weir-event", "event", null),
            new Table("weir-cron", "id", null),
            "weir-bus",
            new Lanes(4),
            "bucket");

    final MemoryItems store = new MemoryItems();
    final CountingItems items = new CountingItems(store);
    final CountingObjects objects = new CountingObjects(new MemoryObjectStore());
    final ManualTime time = new ManualTime(START_MILLIS);
    final Queues queues = new Queues(TABLES, items, objects, time);

    static QueueName q(String key) {
        return QueueName.of(key);
    }

    /** Id of an event: so many milliseconds after the start, in such a place. */
    static String eid(long millis, long place) {
        return Eids.indexed(Eids.prefix(START_MILLIS + millis), place);
    }

    static String line(String queue, String payload, int place) {
        return "{\"id\":\"bot\",\"event\":\"" + queue + "\",\"payload\":" + payload + ",\"eid\":" + place + "}";
    }

    /** Events with these payloads. */
    static List<String> lines(String queue, List<String> payloads) {
        List<String> lines = new ArrayList<>();
        for (String payload : payloads) {
            lines.add(line(queue, payload, lines.size()));
        }
        return lines;
    }

    static byte[] gzip(List<String> lines) {
        byte[] text = (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
        return new Gzip(Gzip.LEVEL_DEFAULT).compress(text, 0, text.length);
    }

    /** An inline chunk and the head behind it. */
    void inline(String queue, long millis, List<String> lines) {
        inlineAt(queue, millis, 0, lines);
    }

    /** An inline chunk that does not begin at the first place of its millisecond. */
    void inlineAt(String queue, long millis, long place, List<String> lines) {
        put(chunk(queue, eid(millis, place), eid(millis, place + lines.size() - 1))
                .with("gzip", gzip(lines))
                .with("records", lines.size())
                .with("v", 2)
                .build());
        head(queue, eid(millis, place + lines.size() - 1));
    }

    /** A chunk in an object, of so many sections, and the head behind it. Gives the key of the object. */
    String inObject(String queue, long millis, List<List<String>> sections) {
        String key = "bus/" + queue + "/" + millis + ".gz";
        ByteArrayOutputStream object = new ByteArrayOutputStream();
        List<Attribute> offsets = new ArrayList<>();
        int place = 0;
        for (List<String> lines : sections) {
            byte[] gzip = gzip(lines);
            offsets.add(Attribute.of(Map.of(
                    "start", Attribute.of(place),
                    "end", Attribute.of(place + lines.size() - 1),
                    "gzipOffset", Attribute.of(object.size()),
                    "gzipSize", Attribute.of(gzip.length))));
            object.writeBytes(gzip);
            place += lines.size();
        }
        objects.put(key, object.toByteArray(), IfPresent.REPLACE);
        put(chunk(queue, eid(millis, 0), eid(millis, place - 1))
                .with("s3", s3(key))
                .with("offsets", Attribute.of(offsets))
                .with("gzipSize", object.size())
                .with("v", 2)
                .build());
        head(queue, eid(millis, place - 1));
        return key;
    }

    static Attribute s3(String key) {
        return Attribute.of(Map.of("bucket", Attribute.of(TABLES.bucket()), "key", Attribute.of(key)));
    }

    static Item.Builder chunk(String queue, String start, String end) {
        return Item.at(new Key(TABLES.chunks(), queue, end)).with("start", start);
    }

    void put(Item item) {
        store.write(new Write.Put(item, Condition.ALWAYS));
    }

    void head(String queue, String maxEid) {
        set(queue, Map.of("max_eid", Attribute.of(maxEid), "v", Attribute.of(2)));
    }

    void set(String queue, Map<String, Attribute> attributes) {
        store.write(new Write.Update(new Key(TABLES.heads(), queue, null), attributes, Condition.ALWAYS));
    }

    /** A chunk of the archive with these entries, which must be in order, and the archive's new end. */
    void archive(String queue, List<String> eids, List<String> lines) {
        List<String> archived = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            archived.add(lines.get(i).replaceFirst("\"eid\":\\d+", "\"eid\":\"" + eids.get(i) + "\""));
        }
        byte[] gzip = gzip(archived);
        String key = "bus/_archive/" + queue + "/" + eids.getFirst().replace('/', '_');
        objects.put(key, gzip, IfPresent.REPLACE);
        Map<String, Attribute> section = Map.of(
                "start", Attribute.of(eids.getFirst()),
                "end", Attribute.of(eids.getLast()),
                "gzipOffset", Attribute.of(0),
                "gzipSize", Attribute.of(gzip.length));
        put(chunk(queue + "/_archive", eids.getFirst(), eids.getLast())
                .with("s3", s3(key))
                .with("offsets", Attribute.of(List.of(Attribute.of(section))))
                .build());
        set(queue, Map.of("archive", Attribute.of(Map.of("end", Attribute.of(eids.getLast())))));
        head(queue + "/_archive", eids.getLast());
    }

    void registerSnapshot(String queue, long startMillis, long nextMillis) {
        Map<String, Attribute> snapshot = new HashMap<>();
        snapshot.put("start", Attribute.of(Position.SNAPSHOTS + Eids.minute(START_MILLIS + startMillis)));
        snapshot.put("next", Attribute.of(Eids.minute(START_MILLIS + nextMillis)));
        set(queue, Map.of("snapshot", Attribute.of(snapshot)));
    }

    /** Everything from a position on, in one go. */
    List<QueueEntry> read(String queue, Position from) {
        return readAll(queues.reader(q(queue), from), ReadLimits.DEFAULTS);
    }

    static List<QueueEntry> readAll(EventReader reader, ReadLimits limits) {
        List<QueueEntry> entries = new ArrayList<>();
        Page page;
        do {
            page = reader.next(limits).orThrow();
            entries.addAll(page.entries());
        } while (!page.isEnd());
        return entries;
    }

    /** Payloads of events; lines that are none with an exclamation mark. */
    static List<String> payloads(List<? extends QueueEntry> entries) {
        return entries.stream()
                .map(entry ->
                        entry instanceof QueueEvent event ? event.payload().toString() : "!" + entry.line())
                .toList();
    }

    static List<String> numbers(int from, int to) {
        List<String> numbers = new ArrayList<>();
        for (int i = from; i < to; i++) {
            numbers.add(Integer.toString(i));
        }
        return numbers;
    }
}
