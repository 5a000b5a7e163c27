package dev.weir.program;

import dev.weir.model.Json;
import dev.weir.wire.JsonCursor;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An event of the log of programs. */
sealed interface LogEntry {

    /** Lines that were read, and the number of the first, from 0. */
    record Lines(long number, List<Json> lines) implements LogEntry {}

    /** A piece of a snapshot that knows of so many lines. */
    record Part(long snapshot, int part, int of, String text) implements LogEntry {}

    /** What an event says; null if it is of another key. */
    static @Nullable LogEntry of(Json payload, String key) {
        Fields fields = new Fields();
        JsonCursor cursor = new JsonCursor();
        cursor.reset(payload);
        if (cursor.enterObject()) {
            while (cursor.nextField()) {
                fields.read(cursor);
            }
        }
        if (fields.key != null && !key.equals(fields.key)) {
            return null;
        }
        if (fields.key != null && fields.number != null) {
            return new Lines(fields.number.longValueExact(), fields.lines);
        }
        if (fields.key != null && fields.snapshot != null && fields.part != null && fields.of != null) {
            return new Part(
                    fields.snapshot.longValueExact(),
                    fields.part.intValueExact(),
                    fields.of.intValueExact(),
                    fields.text);
        }
        throw new IllegalStateException("no event of a program's log: payload=" + payload);
    }

    /** As far as they were read. */
    final class Fields {
        private @Nullable String key;
        private @Nullable BigDecimal number;
        private @Nullable BigDecimal snapshot;
        private @Nullable BigDecimal part;
        private @Nullable BigDecimal of;
        private String text = "";
        private final List<Json> lines = new ArrayList<>();

        private void read(JsonCursor cursor) {
            switch (String.valueOf(cursor.fieldName())) {
                case "key" -> key = cursor.string();
                case "n" -> number = cursor.number();
                case "snapshot" -> snapshot = cursor.number();
                case "part" -> part = cursor.number();
                case "of" -> of = cursor.number();
                case "text" -> text = String.valueOf(cursor.string());
                case "lines" -> lines(cursor);
                default -> {}
            }
        }

        private void lines(JsonCursor cursor) {
            if (cursor.enterArray()) {
                while (cursor.nextElement()) {
                    Json line = cursor.raw();
                    if (line != null) {
                        lines.add(line);
                    }
                }
            }
        }
    }
}
