package dev.weir.local.audit;

import dev.weir.flow.Bus;
import dev.weir.port.Attribute;
import dev.weir.port.Item;
import dev.weir.port.Items;
import dev.weir.port.Key;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * What must be true of the queues of a bus, found out from what was given to producers and what is stored, without the code that wrote it:
 * every event is in its queue or parked, once; the events of a writer are in each queue in his order; chunks follow each other without
 * overlap up to the head; and the write checkpoints name each bot's last event. Not thread-safe.
 */
public final class IngestAuditor {

    /**
     * An event that was given.
     *
     * @param writer who gave it, in his order
     * @param bot as which he writes
     * @param queue where it belongs
     * @param payload its JSON text, which no other has
     * @param line the whole line
     */
    public record Event(String writer, String bot, String queue, String payload, String line) {}

    private record Stored(String eid, String line) {}

    private static final int INDEX_DIGITS = 7;

    private final Bus bus;
    private final List<String> queues;
    private final List<Event> given;
    private final List<String> noEvents;

    /** @param noEvents lines that were given and are no events: they must be parked */
    public IngestAuditor(Bus bus, List<String> queues, List<Event> given, List<String> noEvents) {
        this.bus = bus;
        this.queues = queues;
        this.given = given;
        this.noEvents = noEvents;
    }

    /** What must be true at any moment. Throws {@link AssertionError}. */
    public void look(Items items) {
        for (String queue : queues) {
            checkOrder(queue, events(items, queue));
        }
    }

    /** What must be true when everything is at rest. Throws {@link AssertionError}. */
    public void audit(Items items, List<String> parked) {
        Map<String, Integer> times = new HashMap<>();
        parked.forEach(line -> times.merge(line, 1, Integer::sum));
        for (String queue : queues) {
            List<Stored> stored = events(items, queue);
            List<Event> events = checkOrder(queue, stored);
            events.forEach(event -> times.merge(event.line, 1, Integer::sum));
            checkHead(items, queue, stored);
            checkCheckpoints(items, queue, stored, events);
        }
        Set<String> expected = new HashSet<>(noEvents);
        given.forEach(event -> expected.add(event.line));
        expected.forEach(line ->
                require(times.getOrDefault(line, 0) == 1, "stored or parked once", line, times.getOrDefault(line, 0)));
        times.keySet()
                .forEach(line ->
                        require(expected.contains(line), "given by somebody", line, times.getOrDefault(line, 0)));
    }

    /** The events of a queue, which must be events of it, each once, and in the order of each writer. */
    private List<Event> checkOrder(String queue, List<Stored> stored) {
        Map<String, Integer> places = new HashMap<>();
        for (int i = 0; i < given.size(); i++) {
            if (given.get(i).queue.equals(queue)) {
                places.put(given.get(i).payload, i);
            }
        }
        Map<String, Integer> lasts = new TreeMap<>();
        List<Event> events = new ArrayList<>();
        for (Stored each : stored) {
            Integer place = places.get(payload(each.line));
            require(place != null, "an event of queue " + queue, each.line, "nothing");
            Event event = given.get(place == null ? 0 : place);
            Integer before = lasts.put(event.writer, place);
            require(before == null || (place != null && before < place), "in order", each.line, before);
            events.add(event);
        }
        return events;
    }

    private List<Stored> events(Items items, String queue) {
        List<Stored> events = new ArrayList<>();
        String last = "";
        for (Item chunk : items.query(bus.queues(), queue, "z/", "z0", Integer.MAX_VALUE)) {
            String start = chunk.text("start");
            require(start.compareTo(last) > 0, "a chunk above the one before", start, last);
            long index = Long.parseLong(start.substring(start.length() - INDEX_DIGITS));
            String prefix = start.substring(0, start.length() - INDEX_DIGITS);
            for (String line : gunzip(chunk.bytes("gzip")).lines().toList()) {
                events.add(new Stored(prefix + String.format(Locale.ROOT, "%07d", index++), line));
            }
            last = String.valueOf(chunk.key().sort());
            require(events.getLast().eid.equals(last), "as many lines as ids", last, events.getLast().eid);
        }
        return events;
    }

    private void checkHead(Items items, String queue, List<Stored> stored) {
        String head = items.get(new Key(bus.heads(), queue, null))
                .map(item -> item.text("max_eid"))
                .orElse("");
        String last = stored.isEmpty() ? "" : stored.getLast().eid;
        require(head.equals(last), "the head of queue " + queue, head, last);
    }

    private void checkCheckpoints(Items items, String queue, List<Stored> stored, List<Event> events) {
        Map<String, String> lasts = new LinkedHashMap<>();
        for (int i = 0; i < stored.size(); i++) {
            lasts.put(events.get(i).bot, stored.get(i).eid);
        }
        lasts.forEach((bot, eid) -> {
            Map<String, Attribute> row = items.get(new Key(bus.cron(), bot, null))
                    .map(item -> item.struct("checkpoints"))
                    .orElse(Map.of());
            Attribute checkpoint =
                    struct(struct(row, "write"), "queue:" + queue).get("checkpoint");
            require(
                    Attribute.of(eid).equals(checkpoint),
                    "the write checkpoint of " + bot,
                    eid,
                    String.valueOf(checkpoint));
        });
    }

    private static Map<String, Attribute> struct(Map<String, Attribute> in, String name) {
        return in.get(name) instanceof Attribute.Struct(var fields) ? fields : Map.of();
    }

    private static String payload(String line) {
        int from = line.indexOf("\"payload\":") + "\"payload\":".length();
        return line.substring(from, line.indexOf('}', from) + 1);
    }

    private static String gunzip(byte[] gzip) {
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(gzip))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("a chunk is not gzip: bytes=" + gzip.length, e);
        }
    }

    private static void require(boolean holds, String what, Object found, @Nullable Object other) {
        if (!holds) {
            throw new AssertionError("not " + what + ": " + found + " other=" + other);
        }
    }
}
