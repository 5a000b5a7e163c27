package dev.weir.writer;

import dev.weir.model.Json;
import dev.weir.port.Streams;
import dev.weir.port.Time;
import java.util.OptionalLong;
import java.util.random.RandomGenerator;

/**
 * {@link StreamWriter} without threads: nothing is sent but in {@link #step}, by the thread that calls it. For virtual time, and for code
 * that must not have threads of its own. The same numbering, records, retries and bounds; at most one request is on its way.
 *
 * <p>Not thread-safe.
 */
public final class SteppedWriter {
    private final Producer producer;
    private final WriterLimits limits;
    private final Time time;
    private final Elapsed elapsed;
    private final Batcher batcher;
    private final Exchange exchange;

    /**
     * @param streams where to put
     * @param producer who numbers; two writers that run at the same time must not share an id
     * @param time for delay, backoff and deadline
     * @param random for the jitter of the backoff
     * @param limits the bounds; the number of senders has no meaning here
     */
    public SteppedWriter(Streams streams, Producer producer, Time time, RandomGenerator random, WriterLimits limits) {
        this.producer = producer;
        this.limits = limits;
        this.time = time;
        this.elapsed = new Elapsed(time);
        this.batcher = new Batcher(producer, limits, random);
        this.exchange = new Exchange(streams, producer);
    }

    /** Whether {@link #put} would take an event of so many bytes now. */
    public boolean hasRoom(int eventBytes) {
        return batcher.hasRoom(eventBytes);
    }

    /**
     * Takes one event, and copies it.
     *
     * @param key decides the lane
     * @param event one JSON value; not validated. Line feeds and carriage returns in it become spaces
     * @throws IllegalArgumentException if the event is too large or is nothing but white space; it then has no number
     * @throws IllegalStateException if the buffer is full: step until there is room
     */
    public void put(String key, Json event) {
        limits.check(event);
        if (!hasRoom(event.length())) {
            throw new IllegalStateException("the buffer of the writer is full, step until it has room: producer="
                    + producer.id() + " bytes=" + event.length());
        }
        batcher.add(producer.lanes().of(key), event, elapsed.millis());
    }

    /** Makes everything that is here due at once. */
    public void flush() {
        batcher.flush();
    }

    /**
     * Sends one request, if one is due.
     *
     * @return whether one was
     * @throws WriterFailedException if a record was not accepted before its deadline
     */
    public boolean step() {
        var claims = batcher.claim(elapsed.millis());
        if (claims.isEmpty()) {
            return false;
        }
        Exchange.Answer answer = exchange.put(claims);
        batcher.settle(answer.claims(), answer.outcomes(), elapsed.millis()).ifPresent(failure -> {
            throw new WriterFailedException(producer, failure);
        });
        return true;
    }

    /** When the next request is due, milliseconds since the epoch, maybe in the past; empty if there is nothing to send. */
    public OptionalLong dueMillis() {
        long due = batcher.dueMillis();
        if (due == LaneBuffer.NEVER) {
            return OptionalLong.empty();
        }
        long nowMillis = time.epochMillis();
        return OptionalLong.of(due == LaneBuffer.NOW ? nowMillis : nowMillis + due - elapsed.millis());
    }

    /** Whether everything is accepted. */
    public boolean isDrained() {
        return batcher.isDrained();
    }
}
