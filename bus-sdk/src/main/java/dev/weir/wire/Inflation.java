package dev.weir.wire;

import java.util.Arrays;
import java.util.zip.Adler32;
import java.util.zip.CRC32;
import java.util.zip.Checksum;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/**
 * Inflates gzip (RFC 1952, concatenated members included) and zlib (RFC 1950, without a dictionary), checksums checked, within a bound.
 * Damage is a value. Reusable; not thread-safe. Native memory is freed when the instance becomes unreachable.
 */
final class Inflation {

    /** What came out. */
    sealed interface Inflated {}

    /** The first {@code size} bytes of a new array. */
    record Bytes(byte[] array, int size) implements Inflated {}

    record Broken(String why) implements Inflated {}

    /** Deflate cannot do better than this. Source: zlib technical details, "maximum compression factor". */
    private static final int RATIO_MAX = 1032;

    private static final int ZLIB_RATIO_GUESS = 4;
    private static final int ZLIB_HEADER_BYTES = 2;
    private static final int ADLER_BYTES = 4;
    private static final int GZIP_TRAILER_BYTES = 8;

    private final Inflater inflater = new Inflater(true);
    private final CRC32 crc = new CRC32();
    private final Adler32 adler = new Adler32();
    private byte[] data = new byte[0];
    private int at;
    private int to;
    private byte[] out = new byte[0];
    private int size;
    private int max;

    /** Whether data begins as gzip does. */
    static boolean isGzip(byte[] data, int from, int to) {
        return to - from >= 2 && data[from] == 0x1F && data[from + 1] == (byte) 0x8B;
    }

    /** Whether data begins as zlib does: deflate, a window of at most 32 KiB, no dictionary, and a header that is a multiple of 31. */
    static boolean isZlib(byte[] data, int from, int to) {
        if (to - from < ZLIB_HEADER_BYTES) {
            return false;
        }
        int method = data[from] & 0xFF;
        int flags = data[from + 1] & 0xFF;
        return (method & 0x0F) == 8 && method <= 0x7F && (flags & 0x20) == 0 && (method << 8 | flags) % 31 == 0;
    }

    /** Inflates all members to at most {@code max} bytes. */
    Inflated gzip(byte[] data, int from, int to, int max) {
        long last = to - from >= 4 ? littleEndian(data, to - 4) : 0;
        begin(data, from, to, max, last);
        String why = null;
        do {
            why = member();
        } while (why == null && at < this.to);
        return end(why);
    }

    /** Inflates to at most {@code max} bytes. */
    Inflated zlib(byte[] data, int from, int to, int max) {
        begin(data, from, to, max, ZLIB_RATIO_GUESS * (long) (to - from));
        at += ZLIB_HEADER_BYTES;
        String why = body();
        if (why == null && to - at != ADLER_BYTES) {
            why = "zlib data must end with a checksum of 4 bytes: found=" + (to - at);
        }
        if (why == null && Integer.reverseBytes((int) littleEndian(data, at)) != checksum(adler, 0)) {
            why = "zlib checksum does not match";
        }
        return end(why);
    }

    private @Nullable String member() {
        int begin = size;
        int body = GzipHeader.end(data, at, to);
        if (body < 0) {
            return "gzip header is damaged or ends too early: byte=" + at;
        }
        at = body;
        String why = body();
        if (why != null) {
            return why;
        }
        if (to - at < GZIP_TRAILER_BYTES) {
            return "gzip data ends inside its checksum";
        }
        boolean intact = (int) littleEndian(data, at) == checksum(crc, begin)
                && (int) littleEndian(data, at + 4) == size - begin;
        at += GZIP_TRAILER_BYTES;
        return intact ? null : "gzip checksum does not match";
    }

    /** The deflated part; leaves {@code at} behind it. */
    private @Nullable String body() {
        inflater.reset();
        inflater.setInput(data, at, to - at);
        try {
            while (!inflater.finished()) {
                if (size == out.length) {
                    out = Arrays.copyOf(out, (int) Math.min(max + 1L, 2L * out.length + 1));
                }
                int count = inflater.inflate(out, size, out.length - size);
                size += count;
                if (size > max) {
                    return "data inflates to more than the bound: bytesMax=" + max;
                }
                if (count == 0 && !inflater.finished()) {
                    return "compressed data ends too early";
                }
            }
        } catch (DataFormatException e) {
            return "compressed data is damaged: " + e.getMessage();
        }
        at += (int) inflater.getBytesRead();
        return null;
    }

    /** One byte more than expected, since the inflater notes the end of data only while it has room. */
    private void begin(byte[] data, int from, int to, int max, long sizeGuess) {
        this.data = data;
        this.at = from;
        this.to = to;
        this.max = max;
        out = new byte[1 + (int) Math.min(max, Math.min(sizeGuess, RATIO_MAX * (long) (to - from)))];
        size = 0;
    }

    private Inflated end(@Nullable String why) {
        var inflated = why == null ? new Bytes(out, size) : new Broken(why);
        data = new byte[0];
        out = data;
        inflater.setInput(data); // it must not keep what it was given
        return inflated;
    }

    private int checksum(Checksum checksum, int begin) {
        checksum.reset();
        checksum.update(out, begin, size - begin);
        return (int) checksum.getValue();
    }

    private static long littleEndian(byte[] data, int at) {
        return (data[at] & 0xFFL)
                | (data[at + 1] & 0xFFL) << 8
                | (data[at + 2] & 0xFFL) << 16
                | (data[at + 3] & 0xFFL) << 24;
    }
}
