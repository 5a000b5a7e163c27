package dev.weir.local.cli;

import dev.weir.model.Json;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * Reads lines of bytes, ended by a newline (a carriage return before it is dropped); blank lines are skipped. A line of any length is
 * read whole. Not thread-safe.
 */
final class InputLines {

    /**
     * A line that is not blank.
     *
     * @param number from 1, blank lines counted
     * @param text its bytes without the line end
     */
    record Line(long number, Json text) {}

    private static final int READ_BYTES = 1 << 16;
    private static final int FINGERPRINT_LINES = 100;

    private final InputStream in;
    private final Deque<Line> ahead = new ArrayDeque<>();
    private byte[] buffer = new byte[READ_BYTES];
    private int from;
    private int to;
    private long lines;

    InputLines(InputStream in) {
        this.in = in;
    }

    /** The next line, or null at the end. */
    @Nullable
    Line next() throws IOException {
        return ahead.isEmpty() ? read() : ahead.poll();
    }

    /** SHA-256 over the first {@value #FINGERPRINT_LINES} lines, or all there are; to be asked before the first {@link #next}. */
    String fingerprint() throws IOException {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            for (Line line = read(); line != null; line = ahead.size() < FINGERPRINT_LINES ? read() : null) {
                ahead.add(line);
                Json text = line.text();
                sha.update(ByteBuffer.allocate(4).putInt(0, text.length()));
                sha.update(text.array(), text.from(), text.length());
            }
            return HexFormat.of().formatHex(sha.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private @Nullable Line read() throws IOException {
        for (int end = lineEnd(); end >= 0; end = lineEnd()) {
            int start = from;
            from = Math.min(end + 1, to);
            lines++;
            if (!isBlank(start, end)) {
                return new Line(lines, Json.of(Arrays.copyOfRange(buffer, start, withoutReturn(start, end))));
            }
        }
        return null;
    }

    /** Index of the newline of the line that begins at {@code from}, read as far as needed; the end of the input ends the last line; else -1. */
    private int lineEnd() throws IOException {
        for (int length = 0; ; ) {
            for (int i = from + length; i < to; i++) {
                if (buffer[i] == '\n') {
                    return i;
                }
            }
            length = to - from;
            if (!fill()) {
                return length == 0 ? -1 : to;
            }
        }
    }

    /** Reads more behind what is unread, which moves to the front, of a larger array if it fills this one. */
    private boolean fill() throws IOException {
        if (to == buffer.length) {
            byte[] target = from == 0 ? new byte[2 * buffer.length] : buffer;
            System.arraycopy(buffer, from, target, 0, to - from);
            buffer = target;
            to -= from;
            from = 0;
        }
        int read = in.read(buffer, to, buffer.length - to);
        to += Math.max(read, 0);
        return read > 0;
    }

    private boolean isBlank(int start, int end) {
        for (int i = start; i < end; i++) {
            byte b = buffer[i];
            if (b != ' ' && b != '\t' && b != '\r') {
                return false;
            }
        }
        return true;
    }

    private int withoutReturn(int start, int end) {
        return end > start && buffer[end - 1] == '\r' ? end - 1 : end;
    }
}
