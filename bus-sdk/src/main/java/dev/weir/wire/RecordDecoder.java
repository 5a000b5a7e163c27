package dev.weir.wire;

import dev.weir.model.Chunk;
import dev.weir.model.Json;
import dev.weir.model.Refusal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The data of a Kinesis record as lines, one an event.
 *
 * <p>Data may be one JSON value (on one line or several), or JSON lines; either of them compressed by gzip (members may follow each other) or zlib; or
 * an aggregate of the Kinesis Producer Library of such. Lines end with LF or CR LF; empty ones, a byte order mark and white space around are skipped.
 * A first line {@code {"_cmd":"chunk",...}} is the header of a numbering producer (see {@link Chunk}); any other line is taken for an event, and
 * <b>not validated</b>: one bad line spoils no other.
 *
 * <p>Failure: what cannot be decoded is a {@link Refusal}, never an exception. Reusable; not thread-safe.
 */
public final class RecordDecoder {

    /** Most bytes that one record may inflate to, over all user records of an aggregate: 32 MiB. */
    public static final int INFLATED_BYTES_MAX = 32 * 1024 * 1024;

    /**
     * Most lines in one record, over all user records of an aggregate: a writer's most events and their header. Lines take far more
     * memory than their bytes, so a small record of very many could exhaust a function, again each time it is delivered.
     */
    public static final int LINES_MAX = 100_001;

    /**
     * What one user record holds; a Kinesis record is one user record unless it is an aggregate.
     *
     * @param partitionKey the key of the user record in an aggregate; null if the data is no aggregate
     * @param chunk the producer's header, or null if there is none
     * @param lines one for each event, not validated; views on one array, which is the data itself if that was not compressed
     * @param refusal why the data could not be decoded, or null; {@code lines} is then empty
     */
    public record Part(
            @Nullable String partitionKey, @Nullable Chunk chunk, List<Json> lines, @Nullable Refusal refusal) {}

    private final Inflation inflation = new Inflation();
    private final ChunkHeader header = new ChunkHeader();
    private int inflatableBytes;
    private int linesLeft;

    /** A decoder. */
    public RecordDecoder() {}

    /** The parts of one record, in order; at least one. */
    public List<Part> decode(byte[] data) {
        inflatableBytes = INFLATED_BYTES_MAX;
        linesLeft = LINES_MAX;
        if (!KplAggregate.is(data)) {
            return List.of(part(null, data, 0, data.length));
        }
        return switch (KplAggregate.read(data)) {
            case KplAggregate.Records(var records) ->
                records.stream()
                        .map(record -> part(record.partitionKey(), data, record.from(), record.to()))
                        .toList();
            case KplAggregate.Broken(String why) ->
                List.of(refused(null, "Kinesis Producer Library aggregate: " + why));
        };
    }

    private Part part(@Nullable String key, byte[] data, int from, int to) {
        if (Inflation.isGzip(data, from, to)) {
            return inflated(key, inflation.gzip(data, from, to, inflatableBytes));
        }
        if (Inflation.isZlib(data, from, to)) {
            return inflated(key, inflation.zlib(data, from, to, inflatableBytes));
        }
        return lines(key, data, from, to);
    }

    private Part inflated(@Nullable String key, Inflation.Inflated inflated) {
        return switch (inflated) {
            case Inflation.Bytes(byte[] array, int size) -> {
                inflatableBytes -= size;
                yield lines(key, array, 0, size);
            }
            case Inflation.Broken(String why) -> refused(key, why);
        };
    }

    private Part lines(@Nullable String key, byte[] text, int from, int to) {
        List<Json> lines = Lines.split(text, from, to, linesLeft);
        if (lines.size() > linesLeft) {
            return refused(key, "too many lines in one record: max=" + LINES_MAX + "; send more, smaller records");
        }
        linesLeft -= lines.size();
        return part(key, lines);
    }

    private Part part(@Nullable String key, List<Json> lines) {
        if (lines.isEmpty()) {
            return new Part(key, null, lines, null);
        }
        return switch (header.read(lines.getFirst())) {
            case ChunkHeader.Ordinary _ -> new Part(key, null, lines, null);
            case ChunkHeader.Header(Chunk chunk) -> new Part(key, chunk, lines.subList(1, lines.size()), null);
            case ChunkHeader.Malformed(String why) -> refused(key, "chunk header: " + why);
        };
    }

    private static Part refused(@Nullable String key, String why) {
        return new Part(key, null, List.of(), new Refusal("record cannot be decoded: " + why));
    }
}
