package dev.weir.local.audit;

import dev.weir.port.Item;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPInputStream;

/**
 * What was ever written to one queue, found out from its chunks in the order in which they were written, without the code that wrote them.
 * Not thread-safe.
 */
public final class QueueLog {

    /**
     * An event of a scenario of the bus: a payload {@code {"id":"17","key":"k3",...}}.
     *
     * @param eid its id in the queue
     * @param payload its JSON text
     */
    public record Event(String eid, String id, String key, String payload) {}

    private static final int INDEX_DIGITS = 7;
    private static final String PAYLOAD = "\"payload\":";

    private final String queue;
    private final List<Event> events = new ArrayList<>();
    private String last = "";
    private String violation = "";

    /** @param queue physical name */
    public QueueLog(String queue) {
        this.queue = queue;
    }

    /**
     * A chunk was written.
     *
     * @param end id of its last event
     */
    public void add(String end, Item chunk) {
        String start = chunk.text("start");
        if (start.compareTo(last) <= 0) {
            violation = "a chunk is not above what was visible before: queue=" + queue + " start=" + start + " last="
                    + last;
        }
        long index = Long.parseLong(start.substring(start.length() - INDEX_DIGITS));
        String prefix = start.substring(0, start.length() - INDEX_DIGITS);
        for (String line : gunzip(chunk.bytes("gzip")).lines().toList()) {
            String payload = payload(line);
            String eid = prefix + String.format(Locale.ROOT, "%07d", index++);
            events.add(new Event(eid, text(payload, "id"), text(payload, "key"), payload));
        }
        last = end;
        if (!events.getLast().eid.equals(last)) {
            violation = "a chunk has other events than its ids say: queue=" + queue + " end=" + end + " last="
                    + events.getLast().eid;
        }
    }

    /** All events in order. Throws {@link AssertionError} if ids did not rise. */
    public List<Event> events() {
        if (!violation.isEmpty()) {
            throw new AssertionError(violation);
        }
        return Collections.unmodifiableList(events);
    }

    /** From the field's name to the brace that closes it. */
    private static String payload(String line) {
        int from = line.indexOf(PAYLOAD) + PAYLOAD.length();
        int depth = 0;
        boolean isText = false;
        for (int i = from; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '\\') {
                i++;
            } else if (c == '"') {
                isText = !isText;
            } else if (!isText && c == '{') {
                depth++;
            } else if (!isText && c == '}' && --depth == 0) {
                return line.substring(from, i + 1);
            }
        }
        throw new AssertionError("a line of a queue has no payload: line=" + line);
    }

    /** The text of a field; an empty one if the event is of another kind. */
    private static String text(String json, String field) {
        String name = "\"" + field + "\":\"";
        int at = json.indexOf(name);
        int from = at + name.length();
        return at < 0 ? "" : json.substring(from, json.indexOf('"', from));
    }

    private static String gunzip(byte[] gzip) {
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(gzip))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("a chunk is not gzip: bytes=" + gzip.length, e);
        }
    }
}
