package dev.weir.flow;

import dev.weir.model.Json;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * An event whose text fits into no item. A note of its size stands in its place from the first step on, so that it can be counted, held
 * and put in order like any other; in the end it is parked by reference to its record.
 *
 * <pre>{"_cmd":"oversize","bytes":600123}</pre>
 *
 * <p>Who writes such a line himself gets it parked by reference too: nothing is lost by it.
 */
final class Oversize {
    private static final byte[] PREFIX = "{\"_cmd\":\"oversize\",".getBytes(StandardCharsets.US_ASCII);

    private Oversize() {}

    /** The line itself, or the note if it is too large. */
    static Json noted(Json line) {
        return line.length() <= Limits.EVENT_BYTES_MAX
                ? line
                : Json.of("{\"_cmd\":\"oversize\",\"bytes\":" + line.length() + "}");
    }

    /** Whether a line is a note, or too large itself. */
    static boolean is(Json line) {
        return line.length() > Limits.EVENT_BYTES_MAX
                || (line.length() > PREFIX.length
                        && Arrays.equals(
                                line.array(), line.from(), line.from() + PREFIX.length, PREFIX, 0, PREFIX.length));
    }

    /** Bytes of the event that a note stands for, as its digits; or of the line itself. */
    static String bytes(Json line) {
        return line.length() > Limits.EVENT_BYTES_MAX
                ? Integer.toString(line.length())
                : line.toString().replaceAll("[^0-9]", "");
    }
}
