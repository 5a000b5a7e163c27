package dev.weir.queue;

import dev.weir.model.Json;
import dev.weir.model.Refusal;
import dev.weir.wire.Envelope;
import dev.weir.wire.JsonCursor;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** The lines of one section as entries, from a position on. Not thread-safe. */
final class SectionLines {

    /** The field in which an archive keeps a line that is no event: Base64 of the line. */
    static final String BAD_LINE = "bad_line";

    private static final byte[] BAD_LINE_NAME = BAD_LINE.getBytes(StandardCharsets.US_ASCII);
    private static final byte[] EID_NAME = {'e', 'i', 'd'};
    private static final Json NULL = Json.of("null");

    private final String queue;
    private final Segment segment;
    private final Section section;
    private final byte[] text;
    private final JsonCursor cursor = new JsonCursor();
    private String last;
    private final PlaceIds ids;
    private int at;
    private @Nullable QueueEntry next;

    /**
     * @param after the lines up to this id are skipped
     */
    SectionLines(String queue, Segment segment, Section section, byte[] text, String after) {
        this.queue = queue;
        this.segment = segment;
        this.section = section;
        this.text = text;
        this.last = segment.position(section.first());
        this.ids = new PlaceIds(last);
        do {
            next = read();
        } while (next != null && next.eid().compareTo(after) <= 0);
    }

    boolean hasNext() {
        return next != null;
    }

    QueueEntry next() {
        QueueEntry entry = next;
        if (entry == null) {
            throw new IllegalStateException("no line is left: queue=" + queue + " section=" + section.first());
        }
        next = read();
        return entry;
    }

    private @Nullable QueueEntry read() {
        if (at >= text.length) {
            return null;
        }
        int end = LineEnd.from(text, at);
        Json line = new Json(text, at, end);
        at = end + 1;
        QueueEntry entry = segment.kind() == Segment.Kind.ARCHIVE ? archived(line) : entry(ids.next(), line);
        last = entry.eid();
        return entry;
    }

    /** A line of an archive says its id, and whether it was an event. One that does not is counted to the line before. */
    private QueueEntry archived(Json line) {
        String eid = null;
        String bad = null;
        cursor.reset(line);
        if (cursor.enterObject()) {
            while (cursor.nextField()) {
                if (cursor.fieldIs(EID_NAME)) {
                    eid = cursor.string();
                } else if (cursor.fieldIs(BAD_LINE_NAME)) {
                    bad = cursor.string();
                }
            }
        }
        if (eid == null) {
            return new BadLine(queue, last, line, "a line of an archive has no id");
        }
        return entry(eid, bad == null ? line : original(line, bad));
    }

    private static Json original(Json line, String base64) {
        try {
            return Json.of(Base64.getDecoder().decode(base64));
        } catch (IllegalArgumentException _) {
            return line;
        }
    }

    private QueueEntry entry(String eid, Json line) {
        Json payload = Envelope.payloadOf(line);
        if (payload.length() != line.length()) {
            return new QueueEvent(queue, eid, line, payload);
        }
        Envelope envelope = Envelope.parse(line);
        if (envelope == null) {
            return new BadLine(queue, eid, line, reason(line));
        }
        Json found = envelope.payload();
        return new QueueEvent(queue, eid, line, found == null ? NULL : found);
    }

    private String reason(Json line) {
        cursor.reset(line);
        cursor.expectEnd();
        Refusal refusal = cursor.refusal();
        return refusal == null ? "no envelope: the line names no event" : refusal.reason();
    }
}
