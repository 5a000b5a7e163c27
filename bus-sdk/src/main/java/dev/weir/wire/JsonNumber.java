package dev.weir.wire;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Numbers of JSON as exact decimals. Thread-safe: no state. */
final class JsonNumber {

    /** Longest text of a number that is read: characters. Longer ones can be skipped, not read. */
    static final int CHARS_MAX = 1000;

    private static final int LONG_DIGITS = 18;

    private JsonNumber() {}

    /** The value of a well-formed number; null if it is longer than {@link #CHARS_MAX} or its scale is outside the range of int. */
    static @Nullable BigDecimal decimal(byte[] text, int from, int to) {
        boolean negative = text[from] == '-';
        int first = negative ? from + 1 : from;
        if (to - first > LONG_DIGITS + 1) { // digits and a point
            return exact(text, from, to);
        }
        long unscaled = 0;
        int point = to - 1;
        for (int at = first; at < to; at++) {
            int digit = text[at] - '0';
            if (digit >= 0 && digit <= 9) {
                unscaled = unscaled * 10 + digit;
            } else if (text[at] == '.') {
                point = at;
            } else {
                return exact(text, from, to);
            }
        }
        if (point == to - 1 && to - first > LONG_DIGITS) {
            return exact(text, from, to);
        }
        return BigDecimal.valueOf(negative ? -unscaled : unscaled, to - 1 - point);
    }

    /** For numbers that are long or have an exponent. */
    private static @Nullable BigDecimal exact(byte[] text, int from, int to) {
        if (to - from > CHARS_MAX) {
            return null;
        }
        String number = new String(text, from, to - from, StandardCharsets.ISO_8859_1);
        int e = Math.max(number.indexOf('e'), number.indexOf('E'));
        String mantissa = e < 0 ? number : number.substring(0, e);
        int point = mantissa.indexOf('.');
        long fraction = point < 0 ? 0 : mantissa.length() - 1 - point;
        long scale = fraction - (e < 0 ? 0 : exponent(number, e + 1));
        if (scale != (int) scale) {
            return null;
        }
        return new BigDecimal(new BigInteger(point < 0 ? mantissa : mantissa.replace(".", "")), (int) scale);
    }

    /** The exponent, cut off far outside the range of int. */
    private static long exponent(String number, int from) {
        long exponent = 0;
        for (int i = from; i < number.length(); i++) {
            int digit = number.charAt(i) - '0';
            if (digit >= 0) { // signs are below '0'
                exponent = Math.min(exponent * 10 + digit, 1L << 40);
            }
        }
        return number.charAt(from) == '-' ? -exponent : exponent;
    }
}
