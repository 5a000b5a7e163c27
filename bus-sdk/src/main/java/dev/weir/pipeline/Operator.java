package dev.weir.pipeline;

import java.time.Duration;
import java.util.Optional;

/** A step that keeps state of each key, as the pipeline runs it. Pure and thread-safe. */
interface Operator {

    /** What it does, for the description: {@code count}, {@code tumbling window}. */
    String verb();

    /** Of the state of one key. */
    Codec<Object> codec();

    /**
     * Takes a value.
     *
     * @param side through which of its inputs it came, from 0
     */
    void take(int side, Object value, Turn turn);

    /** The watermark has come to a timer that the step set for the key of the turn. */
    default void due(long millis, Turn turn) {
        throw new IllegalStateException("the step sets no timers: millis=" + millis + " key=" + turn.key());
    }

    /** How far back in time it looks, or how long it waits, if that is bounded. */
    default Optional<Duration> span() {
        return Optional.empty();
    }

    /** Whether it sets timers. */
    default boolean isTimed() {
        return false;
    }
}
