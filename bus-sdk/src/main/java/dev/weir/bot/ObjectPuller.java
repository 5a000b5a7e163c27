package dev.weir.bot;

import dev.weir.graph.Puller;
import dev.weir.model.Json;
import dev.weir.port.ObjectLimits;
import dev.weir.port.ObjectStore;
import dev.weir.wire.Gzip;
import dev.weir.wire.JsonCursor;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The lines of the objects below a prefix, object after object in the order of their keys, each line once. The cursor is {@code 17 imports/a}:
 * 17 lines of this object were read; or {@code end imports/a}: all of them. Not thread-safe.
 */
final class ObjectPuller implements Puller {
    private static final String END = "end";

    /** Left free of what a pull may give, for the cursor. */
    private static final int BYTES_MAX = SourceRun.PULL_BYTES_MAX - 10_000;

    /** Most bytes of an object after unpacking. */
    private static final int UNPACKED_BYTES_MAX = 256 * 1024 * 1024;

    private final ObjectStore objects;
    private final String prefix;
    private String cachedKey = "";
    private byte[] cached = {};

    ObjectPuller(ObjectStore objects, String prefix) {
        this.objects = objects;
        this.prefix = prefix;
    }

    /** Where reading goes on: behind some lines of an object, or of all of them. */
    private record Place(String key, OptionalLong lines) {
        static Place parse(String cursor) {
            int blank = cursor.indexOf(' ');
            String lines = cursor.substring(0, Math.max(0, blank));
            return new Place(
                    cursor.substring(blank + 1),
                    lines.isEmpty() || lines.equals(END)
                            ? OptionalLong.empty()
                            : OptionalLong.of(Long.parseLong(lines)));
        }
    }

    @Override
    public Optional<Pulled> pull(String cursor, int recordsMax) {
        Place place = Place.parse(cursor);
        if (place.lines().isPresent()) {
            return Optional.of(lines(place.key(), place.lines().getAsLong(), recordsMax));
        }
        List<String> next = objects.list(prefix, place.key(), 1);
        return next.isEmpty() ? Optional.empty() : Optional.of(lines(next.getFirst(), 0, recordsMax));
    }

    private Pulled lines(String key, long skipped, int recordsMax) {
        Optional<String> unreadable = load(key);
        if (unreadable.isPresent()) {
            return new Pulled(List.of(unreadable(key, unreadable.get())), END + " " + key);
        }
        List<Json> payloads = new ArrayList<>();
        long bytes = 0;
        long line = 0;
        int from = 0;
        while (from < cached.length) {
            int to = lineEnd(from);
            if (line++ >= skipped) {
                Json payload = payload(from, to, key, line);
                if (payloads.size() == recordsMax || (bytes + payload.length() > BYTES_MAX && !payloads.isEmpty())) {
                    return new Pulled(payloads, (line - 1) + " " + key);
                }
                if (payload.length() > 0) {
                    payloads.add(payload);
                    bytes += payload.length();
                }
            }
            from = to + 1;
        }
        return new Pulled(payloads, END + " " + key);
    }

    /** Why an object cannot be read; empty if it is in memory now. */
    private Optional<String> load(String key) {
        if (key.equals(cachedKey)) {
            return Optional.empty();
        }
        OptionalLong size = objects.size(key);
        if (size.isEmpty()) {
            return Optional.of("it was removed while it was read");
        }
        if (size.getAsLong() > ObjectLimits.OBJECT_BYTES_MAX) {
            return Optional.of(
                    "it has more than " + ObjectLimits.OBJECT_BYTES_MAX + " bytes: bytes=" + size.getAsLong());
        }
        byte[] stored = objects.get(key).orElse(new byte[0]);
        try {
            cached = key.endsWith(".gz") ? Gzip.decompress(stored, UNPACKED_BYTES_MAX) : stored;
            cachedKey = key;
            return Optional.empty();
        } catch (RuntimeException e) {
            return Optional.of("it cannot be unpacked: " + e.getMessage());
        }
    }

    private int lineEnd(int from) {
        int at = from;
        while (at < cached.length && cached[at] != '\n') {
            at++;
        }
        return at;
    }

    /** The line if it is JSON, else the line as a JSON string, for the codec to refuse or to read; empty for an empty line. */
    private Json payload(int from, int to, String key, long line) {
        if (to - from > BYTES_MAX) {
            return unreadable(key, "line " + line + " has more than " + BYTES_MAX + " bytes: bytes=" + (to - from));
        }
        String text = new String(cached, from, to - from, StandardCharsets.UTF_8).strip();
        JsonCursor json = new JsonCursor();
        Json payload = Json.of(text);
        json.reset(payload);
        return text.isEmpty() || (json.skip() && json.expectEnd()) ? payload : Json.of(Json.quoted(text));
    }

    private static Json unreadable(String key, String reason) {
        return Json.of("{\"unreadable\":" + Json.quoted(key) + ",\"reason\":" + Json.quoted(reason) + "}");
    }
}
