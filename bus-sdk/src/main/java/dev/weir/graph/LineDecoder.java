package dev.weir.graph;

import dev.weir.model.Json;

/** A decoder that is given whole lines: of an event in an RStreams envelope the envelope too, and not its payload alone. */
@FunctionalInterface
public interface LineDecoder<T> extends Decoder<T> {
    @Override
    Decoded<T> decode(Json line);
}
