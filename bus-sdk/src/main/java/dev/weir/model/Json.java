package dev.weir.model;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/**
 * A run of UTF-8 bytes that holds JSON text (or what claims to be): a view on a larger array, not a copy.
 *
 * <p>Immutable by agreement: nobody writes to the array after the view was made. Nothing is validated here. Thread-safe.
 *
 * @param array the bytes around it; not copied
 * @param from index of the first byte
 * @param to index after the last byte
 */
public record Json(byte[] array, int from, int to) {

    public static Json of(byte[] utf8) {
        return new Json(utf8, 0, utf8.length);
    }

    public static Json of(String text) {
        return of(text.getBytes(StandardCharsets.UTF_8));
    }

    /** A text as a JSON string, in quotes; control characters, quotes and backslashes escaped. */
    public static String quoted(String text) {
        StringBuilder json = new StringBuilder(text.length() + 2).append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                json.append('\\').append(c);
            } else if (c < ' ') {
                json.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
            } else {
                json.append(c);
            }
        }
        return json.append('"').toString();
    }

    public int length() {
        return to - from;
    }

    /** A copy of the bytes. */
    public byte[] toBytes() {
        return Arrays.copyOfRange(array, from, to);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Json json && Arrays.equals(array, from, to, json.array, json.from, json.to);
    }

    @Override
    public int hashCode() {
        int hash = 1;
        for (int i = from; i < to; i++) {
            hash = 31 * hash + array[i];
        }
        return hash;
    }

    /** The text; malformed UTF-8 shows as U+FFFD. */
    @Override
    public String toString() {
        return new String(array, from, to - from, StandardCharsets.UTF_8);
    }
}
