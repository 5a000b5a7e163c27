package dev.weir.writer;

import dev.weir.model.Json;
import dev.weir.port.Streams;
import java.time.Duration;

/**
 * The bounds of a writer. {@link #DEFAULTS} suits a stream with the limits of Kinesis; change single ones with the {@code with} methods.
 *
 * @param recordRawBytesMax most bytes of events in one record before compression, 1 to {@value #RECORD_RAW_BYTES_BOUND}; an event larger than
 *     this goes alone. Default 2 MiB
 * @param recordEventsMax most events in one record, 1 to {@value #RECORD_EVENTS_BOUND}. Default 10,000
 * @param eventBytesMax most bytes of one event, 1 to {@value #EVENT_BYTES_BOUND}, so that it fits into a record of its own even if it does not
 *     compress. Default 900 KiB
 * @param delayMax how long an event may wait for company while its lane is free. Default 100 ms
 * @param bufferedBytesMax most bytes of events that are not accepted yet, over all lanes, with {@value #EVENT_OVERHEAD_BYTES} bytes added per
 *     event; {@code put} blocks above it. At least {@code eventBytesMax} and the overhead. Default 64 MiB
 * @param deadline how long a record is tried, from its first try, before the writer fails. Default 5 minutes
 * @param backoffFirst how long a lane waits after the first refusal; doubled with each further one. Default 50 ms
 * @param backoffMax the longest such wait. Default 5 s
 * @param senders requests in flight at most, each with lanes of its own, 1 to {@value #SENDERS_BOUND}. Default 2: one is encoded while the
 *     other is on its way
 */
public record WriterLimits(
        int recordRawBytesMax,
        int recordEventsMax,
        int eventBytesMax,
        Duration delayMax,
        long bufferedBytesMax,
        Duration deadline,
        Duration backoffFirst,
        Duration backoffMax,
        int senders) {

    public static final int RECORD_RAW_BYTES_BOUND = 16 * 1024 * 1024;
    public static final int RECORD_EVENTS_BOUND = 100_000;
    /** 16 KiB below the record, for the header, the partition key and the framing of gzip. */
    public static final int EVENT_BYTES_BOUND = Streams.RECORD_BYTES_MAX - 16 * 1024;

    public static final int SENDERS_BOUND = 64;
    /** The end of the line and its place in the index of the chunk. */
    public static final int EVENT_OVERHEAD_BYTES = 1 + Integer.BYTES;

    public static final WriterLimits DEFAULTS = new WriterLimits(
            2 * 1024 * 1024,
            10_000,
            900 * 1024,
            Duration.ofMillis(100),
            64L * 1024 * 1024,
            Duration.ofMinutes(5),
            Duration.ofMillis(50),
            Duration.ofSeconds(5),
            2);

    public WriterLimits {
        within("recordRawBytesMax", recordRawBytesMax, 1, RECORD_RAW_BYTES_BOUND);
        within("recordEventsMax", recordEventsMax, 1, RECORD_EVENTS_BOUND);
        within("eventBytesMax", eventBytesMax, 1, EVENT_BYTES_BOUND);
        within("delayMax.millis", delayMax.toMillis(), 0, Integer.MAX_VALUE);
        within("bufferedBytesMax", bufferedBytesMax, (long) eventBytesMax + EVENT_OVERHEAD_BYTES, Long.MAX_VALUE);
        within("deadline.millis", deadline.toMillis(), 1, Integer.MAX_VALUE);
        within("backoffFirst.millis", backoffFirst.toMillis(), 1, Integer.MAX_VALUE);
        within("backoffMax.millis", backoffMax.toMillis(), backoffFirst.toMillis(), Integer.MAX_VALUE);
        within("senders", senders, 1, SENDERS_BOUND);
    }

    /** Throws {@link IllegalArgumentException} if an event is too large or is nothing but white space. */
    void check(Json event) {
        if (event.length() > eventBytesMax) {
            throw new IllegalArgumentException(
                    "event too large for a record: bytes=" + event.length() + " eventBytesMax=" + eventBytesMax);
        }
        for (int at = event.from(); at < event.to(); at++) {
            byte b = event.array()[at];
            if (b != ' ' && b != '\n' && b != '\r' && b != '\t') {
                return;
            }
        }
        throw new IllegalArgumentException("event must not be empty: bytes=" + event.length());
    }

    private static void within(String name, long value, long min, long max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(name + " must be " + min + " to " + max + ": " + name + "=" + value);
        }
    }

    /** The same with other bounds of a record. */
    public WriterLimits withRecord(int rawBytesMax, int eventsMax) {
        return new WriterLimits(
                rawBytesMax,
                eventsMax,
                eventBytesMax,
                delayMax,
                bufferedBytesMax,
                deadline,
                backoffFirst,
                backoffMax,
                senders);
    }

    /** The same with another bound of one event. */
    public WriterLimits withEventBytesMax(int bytesMax) {
        return new WriterLimits(
                recordRawBytesMax,
                recordEventsMax,
                bytesMax,
                delayMax,
                bufferedBytesMax,
                deadline,
                backoffFirst,
                backoffMax,
                senders);
    }

    /** The same with another delay. */
    public WriterLimits withDelayMax(Duration delay) {
        return new WriterLimits(
                recordRawBytesMax,
                recordEventsMax,
                eventBytesMax,
                delay,
                bufferedBytesMax,
                deadline,
                backoffFirst,
                backoffMax,
                senders);
    }

    /** The same with another bound of what is buffered. */
    public WriterLimits withBufferedBytesMax(long bytesMax) {
        return new WriterLimits(
                recordRawBytesMax,
                recordEventsMax,
                eventBytesMax,
                delayMax,
                bytesMax,
                deadline,
                backoffFirst,
                backoffMax,
                senders);
    }

    /** The same with another deadline and backoff. */
    public WriterLimits withRetry(Duration until, Duration first, Duration max) {
        return new WriterLimits(
                recordRawBytesMax,
                recordEventsMax,
                eventBytesMax,
                delayMax,
                bufferedBytesMax,
                until,
                first,
                max,
                senders);
    }

    /** The same with another number of senders. */
    public WriterLimits withSenders(int count) {
        return new WriterLimits(
                recordRawBytesMax,
                recordEventsMax,
                eventBytesMax,
                delayMax,
                bufferedBytesMax,
                deadline,
                backoffFirst,
                backoffMax,
                count);
    }
}
