package dev.weir.pipeline;

import dev.weir.graph.Decoded;
import dev.weir.graph.Decoder;
import dev.weir.model.Json;

/**
 * Writes values of type T as JSON and reads them again. Pure and thread-safe; {@code decode(encode(v))} is a value equal to {@code v}.
 *
 * <p>Any other format is a codec too, as long as what it writes is one JSON value: base64 text in quotes, for example.
 */
public interface Codec<T> extends Decoder<T> {

    /** One JSON value: {@code Codec.of(Order.class).encode(order)}. */
    Json encode(T value);

    /**
     * Name of the type. It is kept with the state of a bot: a step whose state had another type before is refused, so a type that reads
     * what an older one wrote must keep its name.
     */
    String type();

    /**
     * Records, enums, lists, maps, optionals, strings, numbers, times of {@code java.time} as ISO-8601 text: what Jackson reads and writes
     * without registration. Fields that are not known are
     * passed over, decimals are exact, and a number that is missing is refused.
     *
     * <pre>{@code Codec.of(Order.class)}</pre>
     */
    static <T> Codec<T> of(Class<T> type) {
        return new RecordCodec<>(type);
    }

    /** The JSON text itself: {@code Feed.queue("any", Codec.json())}. */
    static Codec<Json> json() {
        return Codecs.JSON;
    }

    /** A JSON string: {@code Feed.stream("lines", Codec.text())}. */
    static Codec<String> text() {
        return Codecs.TEXT;
    }

    /** A whole number within 64 bits: {@code To.queue("counts", Codec.integer())}. */
    static Codec<Long> integer() {
        return Codecs.INTEGER;
    }

    /** The value: {@code Codec.of(Order.class).decodeOrThrow(text)}; the reason why there is none is an exception. */
    default T decodeOrThrow(Json text) {
        return switch (decode(text)) {
            case Decoded.Value<T>(T value) -> value;
            case Decoded.Refused<T> refused ->
                throw new IllegalArgumentException(refused.refusal().reason());
        };
    }
}
