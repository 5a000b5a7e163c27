package dev.weir.writer;

import dev.weir.model.Json;
import dev.weir.model.Lanes;
import dev.weir.port.Streams;
import dev.weir.port.Time;
import java.util.Map;
import java.util.concurrent.ThreadFactory;
import java.util.random.RandomGenerator;

/**
 * Writes events to a stream so that each takes effect once and in order: the producer side of exactly-once.
 *
 * <p>Each event gets the next number of its key's lane. Events of a lane travel together, gzipped, in records whose header names the producer
 * and the number of the first event. What is refused, or gets no answer, is put again with the same bytes; readers drop second copies by their
 * numbers. A lane has one record on its way at a time, so a partial failure delays a lane and cannot reorder it; meanwhile the lane gathers larger
 * records. Lanes share requests.
 *
 * <p>Bounds: {@link WriterLimits}. Failure: a record that is not accepted before its deadline fails the writer, for good; every later call
 * throws {@link WriterFailedException}, and nothing is dropped silently. Thread-safe; events that one thread puts under one key keep their
 * order. A caller that is interrupted while it waits gets {@link WriterInterruptedException}; interrupting a sender has no effect.
 *
 * <pre>{@code
 * try (var writer = StreamWriter.open(streams, producer, time, random, Thread.ofVirtual().factory(), WriterLimits.DEFAULTS)) {
 *     writer.put("alice", Json.of("{\"source\":\"alice\",\"target\":\"bob\",\"amount\":25.32}"));
 * } // returns when everything is accepted
 * }</pre>
 */
public final class StreamWriter implements AutoCloseable {

    private final Lanes lanes;
    private final WriterLimits limits;
    private final SharedBatcher shared;

    private StreamWriter(Lanes lanes, WriterLimits limits, SharedBatcher shared) {
        this.lanes = lanes;
        this.limits = limits;
        this.shared = shared;
    }

    /**
     * A writer with its senders running.
     *
     * @param streams where to put
     * @param producer who numbers; two writers that run at the same time must not share an id
     * @param time for delay, backoff and deadline. If it jumps ahead they end early; if it is set back nothing happens
     * @param random for the jitter of the backoff; used by one thread at a time
     * @param threads makes {@link WriterLimits#senders()} threads, which end when the writer is closed or failed
     * @param limits the bounds
     */
    public static StreamWriter open(
            Streams streams,
            Producer producer,
            Time time,
            RandomGenerator random,
            ThreadFactory threads,
            WriterLimits limits) {
        var shared = new SharedBatcher(producer, time, random, limits);
        for (int i = 0; i < limits.senders(); i++) {
            threads.newThread(new Sender(shared, streams, producer)).start();
        }
        return new StreamWriter(producer.lanes(), limits, shared);
    }

    /**
     * Takes one event, and copies it. Blocks while the buffer is full.
     *
     * @param key decides the lane
     * @param event one JSON value; not validated. Line feeds and carriage returns in it become spaces
     * @throws IllegalArgumentException if the event is too large or is nothing but white space; it then has no number
     * @throws WriterFailedException if the writer failed
     * @throws IllegalStateException if the writer is closed
     * @throws WriterInterruptedException if interrupted while waiting for room; the event was not taken
     */
    public void put(String key, Json event) {
        limits.check(event);
        shared.put(lanes.of(key), event);
    }

    /**
     * Waits until everything that was put before the call is accepted.
     *
     * @throws WriterFailedException if the writer failed
     * @throws WriterInterruptedException if interrupted; the writer goes on sending
     */
    public Flushed flush() {
        return shared.flush();
    }

    /**
     * Takes no more events, waits until everything is accepted, and ends the senders. May be called again; what was accepted is in
     * {@link #closed()}.
     *
     * @throws WriterFailedException if the writer failed, now or before
     * @throws WriterInterruptedException if interrupted; the senders go on and end by themselves. Closing again waits again
     */
    @Override
    public void close() {
        shared.close();
    }

    /**
     * What the writer has in the stream, after {@link #close()}: all of it.
     *
     * @throws WriterFailedException if the writer failed
     * @throws IllegalStateException if the writer is not closed
     */
    public Flushed closed() {
        return shared.closed();
    }

    /** The highest accepted number of each lane that has one, now; also when the writer failed. Does not wait. */
    public Map<Integer, Long> accepted() {
        return shared.accepted();
    }
}
