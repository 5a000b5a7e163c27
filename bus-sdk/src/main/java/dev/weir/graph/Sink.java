package dev.weir.graph;

import dev.weir.model.Json;
import java.util.function.Function;

/**
 * Where results go: a queue of the bus, in the same commit as the state they came from.
 *
 * @param queue logical name
 * @param encoder one JSON object without raw newlines; pure and thread-safe
 */
public record Sink<R>(String queue, Function<R, Json> encoder) {

    /** A queue: {@code Sink.queue("transfers.decided", Decided::json)}. */
    public static <R> Sink<R> queue(String name, Function<R, Json> encoder) {
        return new Sink<>(Names.checked("queue", name), encoder);
    }
}
