package dev.weir.wire;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Strings of JSON that are more than printable ASCII: escapes and UTF-8, both checked. Thread-safe: no state. */
final class JsonString {

    private JsonString() {}

    /**
     * The rest of a string: the index after its closing quote, or {@code ~i} for the byte at which it stops being one.
     * Overlong forms, surrogates and code points above U+10FFFF are not UTF-8 (RFC 3629); a lone surrogate as an escape is grammatical.
     */
    static int end(byte[] text, int from, int to) {
        int at = from;
        while (at >= 0 && at < to) {
            byte b = text[at];
            if (b == '"') {
                return at + 1;
            }
            if (b >= ' ') {
                at = b == '\\' ? escape(text, at + 1, to) : at + 1;
            } else {
                at = b < 0 ? sequence(text, at, to) : ~at;
            }
        }
        return at < 0 ? at : ~to;
    }

    private static int escape(byte[] text, int from, int to) {
        if (from >= to) {
            return ~to;
        }
        return switch (text[from]) {
            case '"', '\\', '/', 'b', 'f', 'n', 'r', 't' -> from + 1;
            case 'u' -> fourHex(text, from + 1, to);
            default -> ~from;
        };
    }

    private static int fourHex(byte[] text, int from, int to) {
        for (int at = from; at < from + 4; at++) {
            if (at >= to || hex(text[at]) < 0) {
                return ~at;
            }
        }
        return from + 4;
    }

    private static int hex(int c) {
        if (c >= '0' && c <= '9') {
            return c - '0';
        }
        int lower = c | 0x20;
        return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
    }

    /** One character of two to four bytes. The second byte has narrower bounds after E0, ED, F0 and F4. */
    private static int sequence(byte[] text, int from, int to) {
        int lead = text[from] & 0xFF;
        int length = lead < 0xC2 ? 0 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : lead < 0xF5 ? 4 : 0;
        if (length == 0) {
            return ~from;
        }
        int lowest = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
        int highest = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
        for (int at = from + 1; at < from + length; at++) {
            int b = at < to ? text[at] & 0xFF : 0;
            if (b < lowest || b > highest) {
                return ~at;
            }
            lowest = 0x80;
            highest = 0xBF;
        }
        return from + length;
    }

    /** The text of a string between its quotes, which must have passed {@link #end}; null if it has a surrogate without its other half. */
    static @Nullable String decode(byte[] text, int from, int to) {
        String raw = new String(text, from, to - from, StandardCharsets.UTF_8);
        if (raw.indexOf('\\') < 0) {
            return raw;
        }
        var decoded = new StringBuilder(raw.length());
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            if (c != '\\') {
                decoded.append(c);
            } else if (raw.charAt(i + 1) == 'u') {
                decoded.append((char) Integer.parseInt(raw, i + 2, i + 6, 16));
                i += 5;
            } else {
                decoded.append(unescape(raw.charAt(++i)));
            }
        }
        return hasLoneSurrogate(decoded) ? null : decoded.toString();
    }

    private static char unescape(char c) {
        return switch (c) {
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            default -> c;
        };
    }

    private static boolean hasLoneSurrogate(CharSequence text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                boolean pair = i + 1 < text.length() && Character.isSurrogatePair(text.charAt(i), text.charAt(i + 1));
                if (!pair) {
                    return true;
                }
                i++;
            }
        }
        return false;
    }
}
