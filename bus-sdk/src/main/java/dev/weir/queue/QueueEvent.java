package dev.weir.queue;

import dev.weir.model.Json;
import dev.weir.wire.ByteSink;
import dev.weir.wire.Envelope;
import dev.weir.wire.JsonCursor;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * An event of a queue. Immutable; the bytes are views on the chunk it came with, so who keeps one event keeps the chunk.
 *
 * @param queue key of the queue in the tables, whatever the line says
 * @param eid its full id
 * @param line the line as it is stored, where {@code eid} is an index
 * @param payload the payload; the JSON value {@code null} if the line has none
 */
public record QueueEvent(String queue, String eid, Json line, Json payload) implements QueueEntry {

    /** All fields of the line. Reads the line each time that it is asked. */
    public Envelope envelope() {
        Envelope envelope = Envelope.parse(line);
        if (envelope == null) { // its field "event" is no name, or a name in it is not Unicode
            envelope = Envelope.parse(resolved());
        }
        return envelope == null ? new Envelope(null, queue, null, payload, null, null, null, null, Map.of()) : envelope;
    }

    /** Id of the bot that wrote it. */
    public Optional<String> writer() {
        return Optional.ofNullable(envelope().id());
    }

    /** When the first event of its chain happened, milliseconds since the epoch. */
    public OptionalLong eventSourceTimestamp() {
        return optional(envelope().eventSourceTimestamp());
    }

    /** When it was written, milliseconds since the epoch. */
    public OptionalLong timestamp() {
        return optional(envelope().timestamp());
    }

    /** What it came from, as written; see {@link Correlation}. */
    public Optional<Json> correlationId() {
        return Optional.ofNullable(envelope().correlationId());
    }

    /** What it came from; empty if it says nothing that can be followed. */
    public Optional<Correlation> correlation() {
        return correlationId().flatMap(Correlation::parse);
    }

    /**
     * The event as readers of RStreams see it: the line, in its own order of fields, with the queue and the full id in their places, or
     * behind the last field if the line lacks them.
     */
    public Json resolved() {
        Map<String, Json> fields = fields();
        fields.put("event", Json.of(Json.quoted(queue)));
        fields.put("eid", Json.of(Json.quoted(eid)));
        ByteSink sink = new ByteSink(line.length() + eid.length());
        char before = '{';
        for (Map.Entry<String, Json> field : fields.entrySet()) {
            sink.put(before);
            sink.putString(field.getKey());
            sink.put(':');
            sink.put(field.getValue());
            before = ',';
        }
        sink.put('}');
        return Json.of(sink.toBytes());
    }

    private Map<String, Json> fields() {
        Map<String, Json> fields = new LinkedHashMap<>();
        JsonCursor cursor = new JsonCursor();
        cursor.reset(line);
        if (cursor.enterObject()) {
            while (cursor.nextField()) {
                String name = cursor.fieldName();
                Json value = cursor.raw();
                if (name != null && value != null) {
                    fields.put(name, value);
                }
            }
        }
        return fields;
    }

    private static OptionalLong optional(@Nullable Long value) {
        return value == null ? OptionalLong.empty() : OptionalLong.of(value);
    }
}
