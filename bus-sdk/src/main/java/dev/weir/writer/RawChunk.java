package dev.weir.writer;

import dev.weir.model.Json;
import java.util.Arrays;

/** Events of one lane with consecutive numbers, copied, not yet encoded. Not thread-safe. */
final class RawChunk {

    private static final int BYTES_FIRST = 1024;
    private static final int EVENTS_FIRST = 16;

    private final long first;
    private byte[] bytes = {};
    private int[] ends = {};
    private int events;
    private long openedMillis;

    /** An empty chunk whose first event will have the number {@code first}. */
    RawChunk(long first) {
        this.first = first;
    }

    void append(Json event, long nowMillis, int bytesExpected) {
        if (events == 0) {
            openedMillis = nowMillis;
        }
        int from = rawBytes();
        int to = from + event.length();
        if (to > bytes.length) {
            bytes = Arrays.copyOf(
                    bytes, Math.max(to, Math.max(bytes.length * 2, Math.max(bytesExpected, BYTES_FIRST))));
        }
        if (events == ends.length) {
            ends = Arrays.copyOf(ends, Math.max(EVENTS_FIRST, events * 2));
        }
        System.arraycopy(event.array(), event.from(), bytes, from, event.length());
        ends[events++] = to;
    }

    /** Whether one more event fits; the first always does. */
    boolean hasRoom(int eventBytes, WriterLimits limits) {
        return events == 0
                || events < limits.recordEventsMax() && rawBytes() + eventBytes <= limits.recordRawBytesMax();
    }

    Json event(int index) {
        return new Json(bytes, index == 0 ? 0 : ends[index - 1], ends[index]);
    }

    boolean isEmpty() {
        return events == 0;
    }

    int events() {
        return events;
    }

    int rawBytes() {
        return events == 0 ? 0 : ends[events - 1];
    }

    long first() {
        return first;
    }

    /** When its first event came. */
    long openedMillis() {
        return openedMillis;
    }
}
