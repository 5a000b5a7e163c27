package dev.weir.graph;

import dev.weir.model.Json;

/**
 * Writes and reads the state of one key as JSON text. Pure and thread-safe; {@code decode(encode(v))} equals {@code v}.
 */
public interface StateCodec<V> {

    Json encode(V value);

    /** Reads what {@link #encode} wrote. Throws {@link IllegalArgumentException} for anything else. */
    V decode(Json text);

    /** An upper bound of the bytes of {@link #encode}, found without encoding. */
    int encodedBytesMax(V value);
}
