package dev.weir.graph;

import dev.weir.model.Json;

/**
 * Reads events of type T from JSON text. Must be pure, thread-safe, and must answer bad text with {@link Decoded.Refused}; an exception
 * counts as a fault of the bot.
 */
@FunctionalInterface
public interface Decoder<T> {
    Decoded<T> decode(Json text);
}
