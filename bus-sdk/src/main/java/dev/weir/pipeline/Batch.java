package dev.weir.pipeline;

import java.time.Duration;
import java.util.Optional;

/**
 * When a batch of the values of a key ends: when it has so many values, when one more would make it larger than so many bytes, or when so much time has
 * passed since its first value arrived, whichever comes first. What is not said has a bound too, since a batch is kept in the state of its key.
 *
 * <p>Its time is that of the clock on the wall, from the arrival of the first value on, whatever {@code timestampBy} says: it is there so that nothing
 * waits for long. It is looked at when the lane has taken what came in, and once a minute by the tick: if nothing comes in, a batch ends up
 * to a minute after its time.
 *
 * <pre>{@code Batch.ofCount(100).orBytes(64_000).after(Duration.ofSeconds(10))}</pre>
 *
 * @param count most values of a batch, 1 to 10,000
 * @param bytes most bytes of its values as one JSON list; a value that alone has more is a batch of its own. Of all batches of a pipeline
 *     together at most 300,000, which is found when it is put together.
 * @param time after which it ends, at least a millisecond; empty if it waits for as long as it takes
 */
public record Batch(int count, int bytes, Optional<Duration> time) {

    /** Most values of any batch, and of one of which no count is said. */
    public static final int COUNT_MAX = 10_000;

    /** Most bytes of a batch of which no bytes are said. */
    public static final int BYTES_DEFAULT = 100_000;

    /** Most bytes of all batches of a key: its state has room for so much. */
    static final int STATE_BYTES_MAX = 300_000;

    public Batch {
        if (count < 1 || count > COUNT_MAX) {
            throw new IllegalArgumentException("a batch has 1 to " + COUNT_MAX + " values: count=" + count);
        }
        if (bytes < 1) {
            throw new IllegalArgumentException("a batch has at least a byte: bytes=" + bytes);
        }
        time.ifPresent(KeyedStage::positive);
    }

    /** Ends with so many values. */
    public static Batch ofCount(int count) {
        return new Batch(count, BYTES_DEFAULT, Optional.empty());
    }

    /** Ends before it has more bytes than this. */
    public static Batch ofBytes(int bytes) {
        return new Batch(COUNT_MAX, bytes, Optional.empty());
    }

    /** Ends so long after its first value arrived. */
    public static Batch ofTime(Duration time) {
        return new Batch(COUNT_MAX, BYTES_DEFAULT, Optional.of(time));
    }

    /** The same, but it ends with so many values too. */
    public Batch orCount(int most) {
        return new Batch(most, bytes, time);
    }

    /** The same, but it ends before it has more bytes than this too. */
    public Batch orBytes(int most) {
        return new Batch(count, most, time);
    }

    /** The same, but it ends so long after its first value arrived too. */
    public Batch after(Duration longest) {
        return new Batch(count, bytes, Optional.of(longest));
    }
}
