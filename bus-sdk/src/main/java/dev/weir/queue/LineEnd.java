package dev.weir.queue;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Finds the ends of lines, eight bytes at a time. Thread-safe: no state. */
final class LineEnd {
    private static final VarHandle EIGHT = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGH_BITS = ONES << 7;
    private static final long FEEDS = ONES * '\n';

    private LineEnd() {}

    /** Index of the first line feed from an index on; the length of the text if there is none. */
    static int from(byte[] text, int from) {
        int at = from;
        for (; at <= text.length - Long.BYTES; at += Long.BYTES) {
            long other = (long) EIGHT.get(text, at) ^ FEEDS; // a line feed becomes zero
            long zero = (other - ONES) & ~other & HIGH_BITS; // its lowest bit is that of the first zero
            if (zero != 0) {
                return at + (Long.numberOfTrailingZeros(zero) >>> 3);
            }
        }
        while (at < text.length && text[at] != '\n') {
            at++;
        }
        return at;
    }
}
