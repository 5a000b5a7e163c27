package dev.weir.graph;

import dev.weir.model.Refusal;

/** What a codec made of a JSON text: a value, or the reason why there is none. */
public sealed interface Decoded<T> {

    /** The text holds this value. */
    record Value<T>(T value) implements Decoded<T> {}

    /** The text does not hold a value; it will be parked with this reason. */
    record Refused<T>(Refusal refusal) implements Decoded<T> {}

    static <T> Decoded<T> value(T value) {
        return new Value<>(value);
    }

    static <T> Decoded<T> refused(String reason) {
        return new Refused<>(new Refusal(reason));
    }
}
