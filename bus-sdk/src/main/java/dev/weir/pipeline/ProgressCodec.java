package dev.weir.pipeline;

import dev.weir.graph.Decoded;
import dev.weir.model.Json;
import dev.weir.pipeline.Programs.Kept;
import dev.weir.pipeline.Programs.Progress;
import dev.weir.wire.ByteSink;
import dev.weir.wire.JsonCursor;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** {@code [17,16,-12345,10,"z/2026/...",[{...},{...}]]}: lines read and written, digest, lines and place of the snapshot, recent lines. */
final class ProgressCodec implements BoundedCodec<Progress> {
    private static final int NUMBERS_CHARS = 96;
    private static final int ESCAPED_CHARS = 6; // of one character

    @Override
    public Json encode(Progress value) {
        ByteSink sink = new ByteSink(bytesMax(value));
        sink.put('[');
        sink.putLong(value.read());
        sink.put(',');
        sink.putLong(value.written());
        sink.put(',');
        sink.putLong(value.digest());
        sink.put(',');
        sink.putLong(value.kept().lines());
        sink.put(',');
        sink.putString(value.kept().after());
        sink.put(',');
        put(value.recent(), sink);
        sink.put(']');
        return new Json(sink.array(), 0, sink.size());
    }

    @Override
    public int bytesMax(Progress value) {
        int bytes = NUMBERS_CHARS + ESCAPED_CHARS * value.kept().after().length();
        for (Json line : value.recent()) {
            bytes += line.length() + 1;
        }
        return bytes;
    }

    static void put(List<Json> lines, ByteSink sink) {
        sink.put('[');
        for (int i = 0; i < lines.size(); i++) {
            if (i > 0) {
                sink.put(',');
            }
            sink.put(lines.get(i));
        }
        sink.put(']');
    }

    @Override
    public Decoded<Progress> decode(Json text) {
        JsonCursor cursor = new JsonCursor();
        cursor.reset(text);
        Progress progress = cursor.enterArray() ? progress(cursor) : null;
        return progress != null && cursor.expectEnd()
                ? Decoded.value(progress)
                : Decoded.refused("no progress of a program: text=" + text);
    }

    private static @Nullable Progress progress(JsonCursor cursor) {
        OptionalLong read = number(cursor);
        OptionalLong written = number(cursor);
        OptionalLong digest = number(cursor);
        OptionalLong lines = number(cursor);
        String after = cursor.nextElement() ? cursor.string() : null;
        List<Json> recent = new ArrayList<>();
        boolean isWhole = read.isPresent()
                && written.isPresent()
                && digest.isPresent()
                && lines.isPresent()
                && cursor.nextElement()
                && recent(cursor, recent)
                && !cursor.nextElement();
        return isWhole && after != null
                ? new Progress(
                        read.getAsLong(),
                        written.getAsLong(),
                        digest.getAsLong(),
                        new Kept(lines.getAsLong(), after),
                        List.copyOf(recent))
                : null;
    }

    private static OptionalLong number(JsonCursor cursor) {
        return WholeNumber.of(cursor.nextElement() ? cursor.number() : null);
    }

    private static boolean recent(JsonCursor cursor, List<Json> lines) {
        if (!cursor.enterArray()) {
            return false;
        }
        while (cursor.nextElement()) {
            Json line = cursor.raw();
            if (line == null) {
                return false;
            }
            lines.add(line);
        }
        return true;
    }

    @Override
    public String type() {
        return "program";
    }
}
