package dev.weir.pipeline;

import dev.weir.graph.Names;

/**
 * Where events of a pipeline come from.
 *
 * @param kind of what is read
 * @param name logical name of the stream or the queue; at once the name of the step
 * @param codec reads the payload of each event
 */
public record Feed<T>(Kind kind, String name, Codec<T> codec) {

    /** What is read. */
    public enum Kind {
        /** A Kinesis stream; a pipeline reads one of them, and then no queues. */
        STREAM,
        /** A queue of the bus; a pipeline reads any number of them. */
        QUEUE
    }

    public Feed {
        Names.checked(kind == Kind.STREAM ? "stream" : "queue", name);
    }

    /** A stream: {@code Feed.stream("orders", Codec.of(Order.class))}. */
    public static <T> Feed<T> stream(String name, Codec<T> codec) {
        return new Feed<>(Kind.STREAM, name, codec);
    }

    /** A queue, all of its sub-queues: {@code Feed.queue("orders.paid", Codec.of(Order.class))}. */
    public static <T> Feed<T> queue(String name, Codec<T> codec) {
        return new Feed<>(Kind.QUEUE, name, codec);
    }
}
