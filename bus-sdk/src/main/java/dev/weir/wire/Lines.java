package dev.weir.wire;

import dev.weir.model.Json;
import java.util.ArrayList;
import java.util.List;

/** Text as lines. Thread-safe: no state. */
final class Lines {

    private static final int LINE_BYTES_GUESS = 100;

    private Lines() {}

    /**
     * The lines that are not empty, without white space around; one alone, if all of the text is one JSON value over several lines.
     * Of more than {@code most} lines the first {@code most + 1} are given, to show that there are too many.
     */
    static List<Json> split(byte[] text, int from, int to, int most) {
        int begin = JsonText.space(text, afterByteOrderMark(text, from, to), to);
        if (isOneValue(text, begin, to)) {
            return List.of(line(text, begin, to));
        }
        var lines = new ArrayList<Json>(Math.min((to - begin) / LINE_BYTES_GUESS, most) + 1);
        while (begin < to && lines.size() <= most) {
            int end = lineEnd(text, begin, to);
            lines.add(line(text, begin, end));
            begin = JsonText.space(text, end, to); // passes empty lines too
        }
        return lines;
    }

    /** A value that is complete on the first line is not looked at twice: then nothing, or another line, follows. */
    private static boolean isOneValue(byte[] text, int from, int to) {
        int end = lineEnd(text, from, to);
        boolean container = from < to && (text[from] == '{' || text[from] == '[');
        if (end == to || !container || JsonText.value(text, from, end, JsonCursor.DEPTH_MAX) >= 0) {
            return false;
        }
        int whole = JsonText.value(text, from, to, JsonCursor.DEPTH_MAX);
        return whole >= 0 && JsonText.space(text, whole, to) == to;
    }

    private static int lineEnd(byte[] text, int from, int to) {
        int at = from;
        while (at < to && text[at] != '\n') {
            at++;
        }
        return at;
    }

    private static Json line(byte[] text, int from, int to) {
        int end = to;
        while (end > from && JsonText.isSpace(text[end - 1])) {
            end--;
        }
        return new Json(text, from, end);
    }

    private static int afterByteOrderMark(byte[] text, int from, int to) {
        boolean mark = to - from >= 3
                && text[from] == (byte) 0xEF
                && text[from + 1] == (byte) 0xBB
                && text[from + 2] == (byte) 0xBF;
        return mark ? from + 3 : from;
    }
}
