package dev.weir.queue;

import dev.weir.model.Json;
import dev.weir.wire.ByteSink;
import dev.weir.wire.JsonCursor;
import java.math.BigDecimal;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What an event came from: {@code {"source":"orders","start":"z/...","end":"z/...","units":3}}.
 *
 * @param source key or reference of the queue it came from
 * @param start id of the first event it came from
 * @param end id of the last one, if it came from several
 * @param units how many they are, 1 or more
 */
public record Correlation(String source, String start, Optional<String> end, long units) {

    /** Of one event. */
    public static Correlation of(QueueEvent event) {
        return new Correlation(event.queue(), event.eid(), Optional.empty(), 1);
    }

    /** Reads what an event says; empty if it names no queue or no id. The partial form counts like the whole. */
    public static Optional<Correlation> parse(Json json) {
        String source = null;
        String start = null;
        String end = null;
        long units = 1;
        JsonCursor cursor = new JsonCursor();
        cursor.reset(json);
        if (!cursor.enterObject()) {
            return Optional.empty();
        }
        while (cursor.nextField()) {
            String name = cursor.fieldName();
            switch (name == null ? "" : name) {
                case "source" -> source = cursor.string();
                case "start", "partial_start" -> start = cursor.string();
                case "end", "partial_end" -> end = cursor.string();
                case "units" -> units = units(cursor.number());
                default -> {}
            }
        }
        return cursor.expectEnd() && source != null && start != null
                ? Optional.of(new Correlation(source, start, Optional.ofNullable(end), units))
                : Optional.empty();
    }

    /** Whether an event of the source with this id is among those it came from. */
    public boolean covers(String eid) {
        return start.compareTo(eid) <= 0 && end.orElse(start).compareTo(eid) >= 0;
    }

    /** As it stands in an envelope. */
    public Json toJson() {
        ByteSink sink = new ByteSink();
        sink.putUtf8("{\"source\":");
        sink.putString(source);
        sink.putUtf8(",\"start\":");
        sink.putString(start);
        if (end.isPresent()) {
            sink.putUtf8(",\"end\":");
            sink.putString(end.get());
        }
        sink.putUtf8(",\"units\":");
        sink.putLong(units);
        sink.put('}');
        return Json.of(sink.toBytes());
    }

    private static long units(@Nullable BigDecimal number) {
        return number == null || number.signum() <= 0 || number.precision() - number.scale() > 18
                ? 1
                : number.longValue();
    }
}
