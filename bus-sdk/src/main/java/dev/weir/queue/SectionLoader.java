package dev.weir.queue;

import dev.weir.port.ObjectLimits;
import dev.weir.port.ObjectStore;
import dev.weir.queue.Section.Source;
import dev.weir.wire.Gzip;
import java.util.Optional;

/** Fetches the lines of sections. Thread-safe. */
final class SectionLoader {

    /** Most bytes that a section may inflate to: 64 MiB. RStreams closes them at 10 MiB and one event more. */
    static final int INFLATED_BYTES_MAX = 64 * 1024 * 1024;

    /** What came of it. */
    sealed interface Loaded {}

    record Lines(byte[] text) implements Loaded {}

    record Failed(String where, String reason) implements Loaded {}

    private final String bucket;
    private final ObjectStore objects;

    SectionLoader(String bucket, ObjectStore objects) {
        this.bucket = bucket;
        this.objects = objects;
    }

    /** What is wrong with a section is a value; only a store that does not answer throws. */
    Loaded load(Section section) {
        try {
            return loaded(section);
        } catch (IllegalArgumentException e) { // no store takes such a key
            return new Failed("chunk", String.valueOf(e.getMessage()));
        }
    }

    private Loaded loaded(Section section) {
        return switch (section.source()) {
            case Source.Inline(byte[] gzip) -> inflated("chunk", Optional.of(gzip));
            case Source.Part(String in, String key, long from, int bytes) ->
                bytes > ObjectLimits.OBJECT_BYTES_MAX || from > Long.MAX_VALUE - ObjectLimits.OBJECT_BYTES_MAX
                        ? new Failed(key, "the section is too large: gzipOffset=" + from + " gzipSize=" + bytes)
                        : ours(in, key).orElseGet(() -> inflated(key, objects.getRange(key, from, bytes)));
            case Source.Whole(String in, String key) -> ours(in, key).orElseGet(() -> whole(key));
            case Source.Nowhere(String reason) -> new Failed("chunk", reason);
        };
    }

    private Optional<Loaded> ours(String in, String key) {
        return in.equals(bucket)
                ? Optional.empty()
                : Optional.of(new Failed(key, "the object is in another bucket: bucket=" + in + " ours=" + bucket));
    }

    private Loaded whole(String key) {
        long bytes = objects.size(key).orElse(0);
        return bytes > ObjectLimits.OBJECT_BYTES_MAX
                ? new Failed(key, "the object is too large to be read at once: bytes=" + bytes)
                : inflated(key, objects.get(key));
    }

    private static Loaded inflated(String where, Optional<byte[]> gzip) {
        if (gzip.isEmpty()) {
            return new Failed(where, "there is no such object");
        }
        try {
            return new Lines(Gzip.decompress(gzip.get(), INFLATED_BYTES_MAX));
        } catch (IllegalArgumentException e) {
            return new Failed(where, String.valueOf(e.getMessage()));
        }
    }
}
