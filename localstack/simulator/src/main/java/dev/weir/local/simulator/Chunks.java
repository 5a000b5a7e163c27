package dev.weir.local.simulator;

import dev.weir.port.Item;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * The events in chunks of queues, decoded without the code under test, and once: a chunk that another one replaces is another item. Not
 * thread-safe; to be closed.
 */
final class Chunks implements AutoCloseable {
    private static final byte[] PAYLOAD = "\"payload\":".getBytes(StandardCharsets.US_ASCII);

    private static final int HEADER_BYTES = 10;
    private static final int TRAILER_BYTES = 8;

    private final IdentityHashMap<Item, List<String>> decoded = new IdentityHashMap<>();
    private final Inflater inflater = new Inflater(true);

    List<String> payloads(Item chunk) {
        return decoded.computeIfAbsent(chunk, this::decode);
    }

    private List<String> decode(Item chunk) {
        List<String> payloads = new ArrayList<>();
        byte[] lines = gunzip(chunk.bytes("gzip"));
        for (int from = 0; from < lines.length; ) {
            int to = from;
            while (lines[to] != '\n') {
                to++;
            }
            payloads.add(payload(lines, from, to));
            from = to + 1;
        }
        return payloads;
    }

    /** A gzip member without a name or a comment: ten bytes, deflated data, eight bytes. */
    private byte[] gunzip(byte[] gzip) {
        try {
            inflater.reset();
            inflater.setInput(gzip, HEADER_BYTES, gzip.length - HEADER_BYTES - TRAILER_BYTES);
            byte[] text = new byte
                    [ByteBuffer.wrap(gzip, gzip.length - 4, 4)
                            .order(ByteOrder.LITTLE_ENDIAN)
                            .getInt()];
            int size = inflater.inflate(text);
            if (size == text.length) {
                return text;
            }
        } catch (DataFormatException _) {
            // said below
        }
        throw new AssertionError("a chunk of a queue is not gzip: bytes=" + gzip.length);
    }

    /** The value of {@code payload} in an RStreams line: up to what closes it, or to what follows it if it is no object and no list. */
    private static String payload(byte[] lines, int lineFrom, int lineTo) {
        int from = lineFrom;
        while (from < lineTo && !begins(lines, from)) {
            from++;
        }
        from += PAYLOAD.length;
        int depth = 0;
        boolean isText = false;
        for (int i = from; i < lineTo; i++) {
            byte c = lines[i];
            if (c == '\\') {
                i++;
            } else if (c == '"') {
                isText = !isText;
            } else if (!isText && depth == 0 && (c == ',' || c == '}')) {
                return new String(lines, from, i - from, StandardCharsets.UTF_8);
            } else if (!isText && (c == '{' || c == '[')) {
                depth++;
            } else if (!isText && (c == '}' || c == ']') && --depth == 0) {
                return new String(lines, from, i + 1 - from, StandardCharsets.UTF_8);
            }
        }
        throw new AssertionError("a line of a queue has no payload: line="
                + new String(lines, lineFrom, lineTo - lineFrom, StandardCharsets.UTF_8));
    }

    private static boolean begins(byte[] lines, int at) {
        return lines[at + 1] == PAYLOAD[1]
                && Arrays.equals(lines, at, Math.min(lines.length, at + PAYLOAD.length), PAYLOAD, 0, PAYLOAD.length);
    }

    @Override
    public void close() {
        inflater.end();
    }
}
