package dev.weir.local.kinesis;

import dev.weir.model.Digits;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.OptionalLong;

/**
 * The sequence numbers of one stream: {@value #DIGITS} digits, {@code 49}, then 15 digits that tell this stream from one of the same name
 * that was deleted, then a counter that grows with every record and shard of the stream. Inside the model a number is its counter.
 *
 * <p>Kinesis promises order within a shard alone; here the order holds over the whole stream.
 *
 * @param epoch grows from one creation of a stream to the next; the creation time in milliseconds
 */
record SequenceSpace(long epoch) {

    static final int DIGITS = 56;
    private static final String HEAD = "49";
    private static final int EPOCH_DIGITS = 15;

    String format(long counter) {
        byte[] text = new byte[DIGITS];
        Arrays.fill(text, (byte) '0');
        text[0] = (byte) HEAD.charAt(0);
        text[1] = (byte) HEAD.charAt(1);
        write(text, HEAD.length() + EPOCH_DIGITS, epoch);
        write(text, DIGITS, counter);
        return new String(text, StandardCharsets.ISO_8859_1);
    }

    /** The counter of a number of this stream; empty for any other text. */
    OptionalLong parse(String text) {
        if (text.length() != DIGITS || !Digits.areAll(text)) {
            return OptionalLong.empty();
        }
        long counter = counterOf(text);
        return counter >= 0 && format(counter).equals(text) ? OptionalLong.of(counter) : OptionalLong.empty();
    }

    /** The greatest counter that is not above a decimal number, which need not be of this stream: 0 when all are above. */
    long floor(String decimal) {
        OptionalLong own = parse(decimal);
        if (own.isPresent()) {
            return own.getAsLong();
        }
        return isBelow(decimal, format(0)) ? 0 : Long.MAX_VALUE;
    }

    private static boolean isBelow(String decimal, String bound) {
        int byLength = Integer.compare(decimal.length(), bound.length());
        return byLength != 0 ? byLength < 0 : decimal.compareTo(bound) < 0;
    }

    /** The last 19 digits, or -1 when they are more than a long holds. */
    private static long counterOf(String text) {
        long value = 0;
        for (int i = DIGITS - 19; i < DIGITS; i++) {
            int digit = text.charAt(i) - '0';
            if (value > (Long.MAX_VALUE - digit) / 10) {
                return -1;
            }
            value = value * 10 + digit;
        }
        return value;
    }

    private static void write(byte[] text, int end, long value) {
        int at = end;
        for (long rest = value; rest > 0; rest /= 10) {
            text[--at] = (byte) ('0' + rest % 10);
        }
    }
}
