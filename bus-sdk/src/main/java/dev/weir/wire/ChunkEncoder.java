package dev.weir.wire;

import dev.weir.model.Chunk;
import dev.weir.model.Json;

/**
 * Builds the data of a Kinesis record: gzip of a header line and one line an event.
 *
 * <p>The same chunk, lines and level give the same bytes. The caller cuts chunks by {@link #rawBytes} and {@link #lines}; hard bound:
 * {@link RecordDecoder#INFLATED_BYTES_MAX}, since nobody could read more. Reusable; not thread-safe.
 */
public final class ChunkEncoder {

    private final ByteSink raw = new ByteSink();
    private final Gzip gzip;
    private int lines;
    private boolean open;

    /** An encoder with {@link Gzip#LEVEL_DEFAULT}. */
    public ChunkEncoder() {
        this(Gzip.LEVEL_DEFAULT);
    }

    /**
     * An encoder.
     *
     * @param gzipLevel 1 (fastest) to 9 (smallest)
     */
    public ChunkEncoder(int gzipLevel) {
        gzip = new Gzip(gzipLevel);
    }

    /** Starts a record; drops what was not finished. */
    public void begin(Chunk chunk) {
        raw.clear();
        lines = 0;
        open = true;
        ChunkHeader.write(chunk, raw);
    }

    /**
     * Adds one event as one line: line feeds and carriage returns, which JSON allows between tokens, become spaces.
     *
     * @throws IllegalArgumentException if there is nothing but white space (readers skip empty lines, and would number what follows wrongly), or if the
     *     record would be more than can be read
     */
    public void add(Json line) {
        if (!open) {
            throw new IllegalStateException("begin a chunk before adding lines to it");
        }
        if (JsonText.space(line.array(), line.from(), line.to()) == line.to()) {
            throw new IllegalArgumentException("a line must not be empty: bytes=" + line.length());
        }
        if ((long) raw.size() + line.length() + 1 > RecordDecoder.INFLATED_BYTES_MAX) {
            throw new IllegalArgumentException("record would be too large, finish it earlier: bytes=" + raw.size()
                    + " lineBytes=" + line.length() + " bytesMax=" + RecordDecoder.INFLATED_BYTES_MAX);
        }
        raw.putOnOneLine(line);
        raw.put('\n');
        lines++;
    }

    /** Bytes before compression, header included; 0 before the first chunk. */
    public int rawBytes() {
        return raw.size();
    }

    /** Events added since {@link #begin}. */
    public int lines() {
        return lines;
    }

    /** The record's data. The encoder then waits for the next {@link #begin}. */
    public byte[] finish() {
        if (!open) {
            throw new IllegalStateException("begin a chunk before finishing it");
        }
        open = false;
        return gzip.compress(raw.array(), 0, raw.size());
    }
}
