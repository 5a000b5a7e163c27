package dev.weir.wire;

import java.util.zip.CRC32;
import java.util.zip.Deflater;

/** The header of a gzip member (RFC 1952, section 2.3). Thread-safe: no state. */
final class GzipHeader {

    private static final int FIXED_BYTES = 10;
    private static final int HEADER_CRC = 2;
    private static final int EXTRA = 4;
    private static final int NAME = 8;
    private static final int COMMENT = 16;
    private static final int RESERVED = 0xE0;

    private GzipHeader() {}

    /** Index after the header that begins at {@code from}; -1 if there is none, or not all of it. */
    static int end(byte[] data, int from, int to) {
        if (to - from < FIXED_BYTES || !Inflation.isGzip(data, from, to) || data[from + 2] != Deflater.DEFLATED) {
            return -1;
        }
        int flags = data[from + 3] & 0xFF;
        int at = (flags & RESERVED) == 0 ? from + FIXED_BYTES : -1;
        at = (flags & EXTRA) == 0 ? at : extra(data, at, to);
        at = (flags & NAME) == 0 ? at : text(data, at, to);
        at = (flags & COMMENT) == 0 ? at : text(data, at, to);
        return (flags & HEADER_CRC) == 0 ? at : checksum(data, from, at, to);
    }

    private static int extra(byte[] data, int at, int to) {
        if (at < 0 || to - at < 2) {
            return -1;
        }
        int end = at + 2 + twoBytes(data, at);
        return end <= to ? end : -1;
    }

    private static int text(byte[] data, int from, int to) {
        if (from < 0) {
            return -1;
        }
        int at = from;
        while (at < to && data[at] != 0) {
            at++;
        }
        return at < to ? at + 1 : -1;
    }

    private static int checksum(byte[] data, int from, int at, int to) {
        if (at < 0 || to - at < 2) {
            return -1;
        }
        var crc = new CRC32();
        crc.update(data, from, at - from);
        return (crc.getValue() & 0xFFFF) == twoBytes(data, at) ? at + 2 : -1;
    }

    private static int twoBytes(byte[] data, int at) {
        return (data[at] & 0xFF) | (data[at + 1] & 0xFF) << 8;
    }
}
