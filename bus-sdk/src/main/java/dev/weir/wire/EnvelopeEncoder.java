package dev.weir.wire;

import dev.weir.model.Json;
import org.jspecify.annotations.Nullable;

/**
 * Appends what one bot writes to one queue to a sink, as RStreams envelopes, one a line:
 * {@code {"id":"ledger","event":"transfers.decided","payload":{...},"event_source_timestamp":N,"timestamp":N,"eid":N}}.
 *
 * <p>Not thread-safe.
 */
public final class EnvelopeEncoder {

    private static final byte[] SOURCE_TIMESTAMP = JsonCursor.ascii(",\"event_source_timestamp\":");
    private static final byte[] TIMESTAMP = JsonCursor.ascii(",\"timestamp\":");
    private static final byte[] CORRELATION_ID = JsonCursor.ascii(",\"correlation_id\":");
    private static final byte[] EID = JsonCursor.ascii(",\"eid\":");
    private static final byte[] END = JsonCursor.ascii("}\n");

    private final byte[] head;
    private final ByteSink sink;

    /** What comes after the payload up to the eid, for the times of the last line: the lines of a commit mostly share them. */
    private byte[] times = {};

    private long timesSource;
    private long timesWritten;

    /**
     * An encoder.
     *
     * @param id the bot that writes
     * @param event the queue
     * @param sink where the lines go; it stays the caller's, who may put other things between them
     */
    public EnvelopeEncoder(String id, String event, ByteSink sink) {
        this.head = head(id, event);
        this.sink = sink;
    }

    /**
     * Appends one line.
     *
     * @param payload a JSON value; line feeds and carriage returns in it become spaces
     * @param eventSourceTimestamp when the first event of the chain happened, milliseconds since the epoch
     * @param timestamp when this one was written, milliseconds since the epoch
     * @param eid position in the chunk, from 0
     */
    public void line(Json payload, long eventSourceTimestamp, long timestamp, int eid) {
        line(payload, null, eventSourceTimestamp, timestamp, eid);
    }

    /**
     * Appends one line that says what it came from.
     *
     * @param correlationId a JSON object on one line, or null
     */
    public void line(Json payload, @Nullable Json correlationId, long eventSourceTimestamp, long timestamp, int eid) {
        sink.put(head);
        sink.putOnOneLine(payload);
        if (correlationId != null) {
            sink.put(CORRELATION_ID);
            sink.put(correlationId);
        }
        if (times.length == 0 || eventSourceTimestamp != timesSource || timestamp != timesWritten) {
            times = times(eventSourceTimestamp, timestamp);
            timesSource = eventSourceTimestamp;
            timesWritten = timestamp;
        }
        sink.put(times);
        sink.putLong(eid);
        sink.put(END);
    }

    private static byte[] times(long eventSourceTimestamp, long timestamp) {
        var times = new ByteSink();
        times.put(SOURCE_TIMESTAMP);
        times.putLong(eventSourceTimestamp);
        times.put(TIMESTAMP);
        times.putLong(timestamp);
        times.put(EID);
        return times.toBytes();
    }

    private static byte[] head(String id, String event) {
        var head = new ByteSink();
        head.putUtf8("{\"id\":");
        head.putString(id);
        head.putUtf8(",\"event\":");
        head.putString(event);
        head.putUtf8(",\"payload\":");
        return head.toBytes();
    }
}
