package dev.weir.wire;

import dev.weir.model.Json;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The RStreams envelope of an event. Of a field named twice the last counts, as in JavaScript.
 *
 * @param id the bot that wrote it, or null
 * @param event the queue, as written; of a reference object {@code {"type":..,"id":..}} its id
 * @param eventType the type of a reference object ({@code queue}, {@code bot}, {@code system}), or null
 * @param payload the payload, also when it is falsy; null if there is none
 * @param eventSourceTimestamp milliseconds since the epoch, or null; also read from ISO 8601 text with an offset
 * @param timestamp milliseconds since the epoch, or null
 * @param correlationId as written, or null
 * @param eid as written: an index in the chunk, or the whole id in archives; or null
 * @param others all other fields as written, in order, and those of the above whose value has another type than it should
 */
public record Envelope(
        @Nullable String id,
        String event,
        @Nullable String eventType,
        @Nullable Json payload,
        @Nullable Long eventSourceTimestamp,
        @Nullable Long timestamp,
        @Nullable Json correlationId,
        @Nullable Json eid,
        Map<String, Json> others) {

    private static final byte[] EVENT = JsonCursor.ascii("event");
    private static final byte[] PAYLOAD = JsonCursor.ascii("payload");

    public Envelope {
        others = Collections.unmodifiableMap(others);
    }

    /**
     * What a line carries: the payload if the line is a well-formed object with the fields {@code event} and {@code payload}, else the line itself
     * (also if it is malformed: whoever reads it will say so). Does not allocate unless the line is an envelope.
     */
    public static Json payloadOf(Json line) {
        return mayHavePayload(line.array(), line.from(), line.to()) ? payloadIn(line) : line;
    }

    /** A quick look for the name, so that lines that are no envelopes are not read twice. A backslash may hide the name. */
    private static boolean mayHavePayload(byte[] text, int from, int to) {
        for (int at = from; at < to; at++) {
            byte b = text[at];
            if (b == '\\' || (b == 'p' && at > from && text[at - 1] == '"' && matches(text, at, to, PAYLOAD))) {
                return true;
            }
        }
        return false;
    }

    private static Json payloadIn(Json line) {
        byte[] text = line.array();
        int to = line.to();
        int at = JsonText.space(text, line.from(), to);
        if (at == to || text[at] != '{') {
            return line;
        }
        boolean event = false;
        int payloadFrom = -1;
        int payloadTo = -1;
        do {
            int name = JsonText.space(text, at + 1, to);
            int from = JsonText.name(text, name, to);
            at = from < 0 ? from : JsonText.value(text, from, to, JsonCursor.DEPTH_MAX - 1);
            if (at < 0) {
                return line;
            }
            if (isNamed(text, name, from, PAYLOAD)) {
                payloadFrom = from;
                payloadTo = at;
            }
            event |= isNamed(text, name, from, EVENT);
            at = JsonText.space(text, at, to);
        } while (at < to && text[at] == ',');
        boolean whole = at < to && text[at] == '}' && JsonText.space(text, at + 1, to) == to;
        return whole && event && payloadFrom >= 0 ? new Json(text, payloadFrom, payloadTo) : line;
    }

    /** Whether the name in quotes at {@code from}, whose value begins at {@code value}, is this one, escapes undone. */
    private static boolean isNamed(byte[] text, int from, int value, byte[] name) {
        byte first = text[from + 1]; // most names differ in it
        return (first == name[0] || first == '\\') && isNamedExactly(text, from, value, name);
    }

    private static boolean isNamedExactly(byte[] text, int from, int value, byte[] name) {
        int stop = JsonText.plain(text, from + 1, value);
        if (text[stop] == '"') {
            return stop - from - 1 == name.length && matches(text, from + 1, value, name);
        }
        String decoded =
                text[stop] == '\\' ? JsonString.decode(text, from + 1, JsonString.end(text, stop, value) - 1) : null;
        return decoded != null && Arrays.equals(JsonCursor.ascii(decoded), name);
    }

    private static boolean matches(byte[] text, int from, int to, byte[] word) {
        return to - from >= word.length && Arrays.equals(text, from, from + word.length, word, 0, word.length);
    }

    /** Reads a line; null unless it is a well-formed object with a usable {@code event}. */
    public static @Nullable Envelope parse(Json line) {
        var cursor = new JsonCursor();
        cursor.reset(line);
        var fields = new LinkedHashMap<String, Json>();
        if (cursor.enterObject()) {
            while (cursor.nextField()) {
                String name = cursor.fieldName();
                Json value = cursor.raw();
                if (name != null && value != null) {
                    fields.put(name, value);
                }
            }
        }
        return cursor.expectEnd() && !fields.isEmpty() ? of(fields) : null;
    }

    private static @Nullable Envelope of(Map<String, Json> fields) {
        Json reference = fields.get("event");
        String event = text(reference);
        String type = null;
        if (event == null) {
            event = text(field(reference, "id"));
            type = text(field(reference, "type"));
        }
        if (event == null) {
            return null;
        }
        String id = text(fields.get("id"));
        Long source = millis(fields.get("event_source_timestamp"));
        Long timestamp = millis(fields.get("timestamp"));
        Json payload = fields.remove("payload");
        Json correlation = fields.remove("correlation_id");
        Json eid = fields.remove("eid");
        fields.remove("event");
        drop(fields, "id", id);
        drop(fields, "event_source_timestamp", source);
        drop(fields, "timestamp", timestamp);
        return new Envelope(id, event, type, payload, source, timestamp, correlation, eid, fields);
    }

    private static void drop(Map<String, Json> fields, String name, @Nullable Object read) {
        if (read != null) {
            fields.remove(name);
        }
    }

    private static @Nullable Json field(@Nullable Json object, String name) {
        var cursor = new JsonCursor();
        cursor.reset(object == null ? Json.of("") : object);
        Json found = null;
        if (cursor.enterObject()) {
            while (cursor.nextField()) {
                if (Objects.equals(cursor.fieldName(), name)) {
                    found = cursor.raw();
                }
            }
        }
        return found;
    }

    private static @Nullable String text(@Nullable Json value) {
        if (value == null) {
            return null;
        }
        var cursor = new JsonCursor();
        cursor.reset(value);
        return cursor.string();
    }

    /** A number, rounded down, or ISO 8601 text; null for anything else, and what no long holds. */
    private static @Nullable Long millis(@Nullable Json value) {
        if (value == null) {
            return null;
        }
        var cursor = new JsonCursor();
        cursor.reset(value);
        BigDecimal number = cursor.number();
        if (number == null) {
            return iso8601(cursor.string());
        }
        boolean small =
                (long) number.precision() - number.scale() <= 18 && number.scale() < JsonCursor.NUMBER_CHARS_MAX;
        return small ? (Long) number.setScale(0, RoundingMode.FLOOR).longValueExact() : null;
    }

    private static @Nullable Long iso8601(@Nullable String text) {
        if (text == null) {
            return null;
        }
        try {
            Instant instant = OffsetDateTime.parse(text).toInstant();
            return instant.toEpochMilli();
        } catch (DateTimeException | ArithmeticException e) {
            return null;
        }
    }
}
