package dev.weir.wire;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * The grammar of JSON (RFC 8259) over UTF-8 bytes, without allocation and without exceptions.
 *
 * <p>Each method takes the index at which something begins and returns the index after it, or {@code ~i} (a negative number) where
 * {@code i} is the index of the byte at which the text stops being JSON; {@code ~to} when it ends too early. Thread-safe: no state.
 */
final class JsonText {

    private static final byte[] TRUE = {'t', 'r', 'u', 'e'};
    private static final byte[] FALSE = {'f', 'a', 'l', 's', 'e'};
    private static final byte[] NULL = {'n', 'u', 'l', 'l'};

    private static final VarHandle EIGHT = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGH_BITS = ONES << 7;

    private JsonText() {}

    /** Index of the first byte that is not white space; {@code to} if there is none. Cannot fail. */
    static int space(byte[] text, int from, int to) {
        int at = from;
        while (at < to && isSpace(text[at])) {
            at++;
        }
        return at;
    }

    static boolean isSpace(byte b) {
        return b <= ' ' && (b == ' ' || b == '\n' || b == '\r' || b == '\t');
    }

    /** Any value. {@code depth} is how many containers may still open inside it, itself included. */
    static int value(byte[] text, int from, int to, int depth) {
        if (from >= to) {
            return ~to;
        }
        return switch (text[from]) {
            case '"' -> string(text, from + 1, to);
            case '{' -> object(text, from, to, depth - 1);
            case '[' -> array(text, from, to, depth - 1);
            case 't' -> literal(text, from, to, TRUE);
            case 'f' -> literal(text, from, to, FALSE);
            case 'n' -> literal(text, from, to, NULL);
            case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> number(text, from, to);
            default -> ~from;
        };
    }

    private static int object(byte[] text, int from, int to, int depth) {
        if (depth < 0) {
            return ~from;
        }
        int at = space(text, from + 1, to);
        if (at < to && text[at] == '}') {
            return at + 1;
        }
        while (true) {
            at = name(text, at, to);
            at = at < 0 ? at : element(text, at, to, depth);
            if (at < 0 || text[at] == '}') {
                return at < 0 ? at : at + 1;
            }
            if (text[at] != ',') {
                return ~at;
            }
            at = space(text, at + 1, to);
        }
    }

    private static int array(byte[] text, int from, int to, int depth) {
        if (depth < 0) {
            return ~from;
        }
        int at = space(text, from + 1, to);
        if (at < to && text[at] == ']') {
            return at + 1;
        }
        while (true) {
            at = element(text, at, to, depth);
            if (at < 0 || text[at] == ']') {
                return at < 0 ? at : at + 1;
            }
            if (text[at] != ',') {
                return ~at;
            }
            at = space(text, at + 1, to);
        }
    }

    /** A value and the white space behind it: the index of the byte that follows, which exists. */
    private static int element(byte[] text, int from, int to, int depth) {
        int at = value(text, from, to, depth);
        if (at < 0) {
            return at;
        }
        at = space(text, at, to);
        return at < to ? at : ~to;
    }

    /** A name with its colon and the white space around: the index at which the value begins. */
    static int name(byte[] text, int from, int to) {
        if (from >= to || text[from] != '"') {
            return ~from;
        }
        int at = string(text, from + 1, to);
        return at < 0 ? at : colon(text, at, to);
    }

    /** White space, a colon, white space. */
    static int colon(byte[] text, int from, int to) {
        int at = space(text, from, to);
        return at < to && text[at] == ':' ? space(text, at + 1, to) : ~at;
    }

    /** The rest of a string whose opening quote stands before {@code from}: the index after its closing quote. */
    static int string(byte[] text, int from, int to) {
        int at = plain(text, from, to);
        return at < to && text[at] == '"' ? at + 1 : JsonString.end(text, at, to);
    }

    /** Index of the first byte that is not a printable ASCII character standing for itself in a string; {@code to} if there is none. */
    static int plain(byte[] text, int from, int to) {
        int at = from;
        for (; at <= to - Long.BYTES; at += Long.BYTES) {
            long found = special((long) EIGHT.get(text, at));
            if (found != 0) {
                return at + (Long.numberOfTrailingZeros(found) >>> 3);
            }
        }
        while (at < to) {
            byte b = text[at];
            if (b < ' ' || b == '"' || b == '\\') { // bytes above 0x7F are negative
                return at;
            }
            at++;
        }
        return at;
    }

    /**
     * Eight bytes at once: the lowest bit set belongs to the first byte that ends a plain run; zero if none does. (A borrow can set bits
     * behind it, never before.)
     */
    private static long special(long eight) {
        long quote = eight ^ (ONES * '"');
        long backslash = eight ^ (ONES * '\\');
        return (eight | (eight - ONES * ' ') | (quote - ONES) | (backslash - ONES)) & HIGH_BITS;
    }

    static int number(byte[] text, int from, int to) {
        int at = text[from] == '-' ? from + 1 : from;
        if (at < to && text[at] == '0') {
            at++;
        } else {
            at = digits(text, at, to);
        }
        if (at >= 0 && at < to && text[at] == '.') {
            at = digits(text, at + 1, to);
        }
        if (at >= 0 && at < to && (text[at] | 0x20) == 'e') {
            at = exponent(text, at + 1, to);
        }
        return at;
    }

    private static int exponent(byte[] text, int from, int to) {
        boolean signed = from < to && (text[from] == '+' || text[from] == '-');
        return digits(text, signed ? from + 1 : from, to);
    }

    /** One digit or more. */
    private static int digits(byte[] text, int from, int to) {
        int at = from;
        while (at < to && text[at] >= '0' && text[at] <= '9') {
            at++;
        }
        return at > from ? at : ~from;
    }

    private static int literal(byte[] text, int from, int to, byte[] word) {
        for (int i = 0; i < word.length; i++) {
            if (from + i >= to || text[from + i] != word[i]) {
                return ~(from + i);
            }
        }
        return from + word.length;
    }
}
