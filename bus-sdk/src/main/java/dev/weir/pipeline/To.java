package dev.weir.pipeline;

import dev.weir.graph.Names;

/**
 * Where results of a pipeline go. They are in the commit of the event that they come from.
 *
 * @param <T> type of the results
 */
public sealed interface To<T> {

    /**
     * A queue that this pipeline alone writes. With several lanes each has a sub-queue of its own, so that lanes never wait for each
     * other; readers of the queue read all of them.
     *
     * @param queue logical name
     */
    record OwnQueue<T>(String queue, Codec<T> codec) implements To<T> {}

    /**
     * A queue that others write too: one log with one head and a total order, for which lanes wait for each other.
     *
     * @param queue name on the bus
     */
    record SharedQueue<T>(String queue, Codec<T> codec) implements To<T> {}

    /** Nowhere: the pipeline keeps state and no results. */
    record Nothing<T>() implements To<T> {}

    /** A queue of the pipeline's own: {@code To.queue("words.counted", Codec.of(WordCount.class))}. */
    static <T> To<T> queue(String name, Codec<T> codec) {
        return new OwnQueue<>(Names.checked("queue", name), codec);
    }

    /** A queue that others write too. */
    static <T> To<T> sharedQueue(String name, Codec<T> codec) {
        return new SharedQueue<>(Names.checked("queue", name), codec);
    }

    /** Nowhere. */
    static <T> To<T> nothing() {
        return new Nothing<>();
    }
}
