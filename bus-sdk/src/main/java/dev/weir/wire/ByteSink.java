package dev.weir.wire;

import dev.weir.model.Json;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/**
 * A growing buffer of bytes with the few verbs that writing JSON lines takes. Grows by doubling to at most {@value #BYTES_MAX} bytes;
 * beyond that it throws {@link IllegalStateException}, since whoever fills it has bounds of its own. Reusable; not thread-safe.
 */
public final class ByteSink {

    /** Most bytes in one sink: 1 GiB. */
    public static final int BYTES_MAX = 1 << 30;

    private static final int BYTES_INITIAL = 1024;
    private static final int LONG_CHARS_MAX = 20;

    private byte[] array;
    private int size;

    /** An empty sink. */
    public ByteSink() {
        this(BYTES_INITIAL);
    }

    /** An empty sink with memory for so many bytes: it grows only beyond them. */
    public ByteSink(int bytesExpected) {
        array = new byte[Math.max(BYTES_INITIAL, bytesExpected)];
    }

    /** How many bytes were put. */
    public int size() {
        return size;
    }

    /** The bytes that were put are the first {@link #size} of this array; valid until the next put. */
    public byte[] array() {
        return array;
    }

    /** A copy of the bytes that were put. */
    public byte[] toBytes() {
        return Arrays.copyOf(array, size);
    }

    /** Empties the sink; keeps its memory. */
    public void clear() {
        size = 0;
    }

    public void put(char ascii) {
        room(1);
        array[size++] = (byte) ascii;
    }

    public void put(byte[] bytes) {
        put(bytes, 0, bytes.length);
    }

    public void put(byte[] bytes, int from, int to) {
        room(to - from);
        System.arraycopy(bytes, from, array, size, to - from);
        size += to - from;
    }

    /** Puts JSON text as it is. */
    public void put(Json json) {
        put(json.array(), json.from(), json.to());
    }

    /** Puts text as UTF-8, without quotes or escapes. */
    public void putUtf8(String text) {
        int chars = text.length();
        room(chars);
        for (int i = 0; i < chars; i++) {
            char c = text.charAt(i);
            if (c > 0x7F) {
                put(text.substring(i).getBytes(StandardCharsets.UTF_8));
                return;
            }
            array[size++] = (byte) c;
        }
    }

    /**
     * Puts JSON text on one line: line feeds and carriage returns become spaces. That changes nothing in well-formed JSON, where they can
     * stand between tokens alone.
     */
    public void putOnOneLine(Json json) {
        int begin = size;
        put(json);
        for (int i = begin; i < size; i++) {
            if (array[i] == '\n' || array[i] == '\r') {
                array[i] = ' ';
            }
        }
    }

    /** Puts a JSON string with quotes and escapes; a surrogate without its other half is written as an escape. */
    public void putString(String text) {
        int begin = size;
        int chars = text.length();
        room(chars + 2);
        array[size++] = '"';
        for (int i = 0; i < chars; i++) {
            char c = text.charAt(i);
            if (c < ' ' || c == '"' || c == '\\' || c > 0x7F) {
                size = begin;
                putEscaped(text);
                return;
            }
            array[size++] = (byte) c;
        }
        array[size++] = '"';
    }

    private void putEscaped(String text) {
        put('"');
        int begin = 0; // of the run that needs no escape
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean pair = i + 1 < text.length() && Character.isSurrogatePair(c, text.charAt(i + 1));
            if (c < ' ' || c == '"' || c == '\\' || (Character.isSurrogate(c) && !pair)) {
                putUtf8(text.substring(begin, i));
                putUtf8(escape(c));
                begin = i + 1;
            } else if (pair) {
                i++;
            }
        }
        putUtf8(text.substring(begin));
        put('"');
    }

    private static String escape(char c) {
        return switch (c) {
            case '"' -> "\\\"";
            case '\\' -> "\\\\";
            case '\n' -> "\\n";
            case '\r' -> "\\r";
            case '\t' -> "\\t";
            default -> String.format(Locale.ROOT, "\\u%04x", (int) c);
        };
    }

    /** Puts a number in decimal digits. */
    public void putLong(long number) {
        if (number < 0) {
            putUtf8(Long.toString(number));
            return;
        }
        room(LONG_CHARS_MAX);
        int end = size + digits(number);
        size = end;
        long rest = number;
        do {
            array[--end] = (byte) ('0' + rest % 10);
            rest /= 10;
        } while (rest > 0);
    }

    private static int digits(long number) {
        int digits = 1;
        for (long rest = number / 10; rest > 0; rest /= 10) {
            digits++;
        }
        return digits;
    }

    private void room(int bytes) {
        if (bytes > array.length - size) {
            grow(bytes);
        }
    }

    private void grow(int bytes) {
        long needed = (long) size + bytes;
        if (needed > BYTES_MAX) {
            throw new IllegalStateException(
                    "sink is full, write it out earlier: bytes=" + needed + " bytesMax=" + BYTES_MAX);
        }
        array = Arrays.copyOf(array, (int) Math.min(BYTES_MAX, Math.max(needed, 2L * array.length)));
    }
}
