package dev.weir.pipeline;

import dev.weir.graph.Decoded;
import dev.weir.model.Json;
import java.util.function.Function;

/** The codecs that need no class. */
final class Codecs {
    static final Codec<Json> JSON = new Simple<>("json", json -> json, Decoded::value);
    static final Codec<String> TEXT = of("text", String.class, Json::quoted);
    /** Most bytes of a whole number, which are known without its text. */
    static final int SHORT_BYTES_MAX = 20;

    static final Codec<Long> INTEGER = of("integer", Long.class, number -> Long.toString(number));

    private record Simple<T>(String type, Function<T, Json> encoder, Function<Json, Decoded<T>> decoder)
            implements Codec<T> {
        @Override
        public Json encode(T value) {
            return encoder.apply(value);
        }

        @Override
        public Decoded<T> decode(Json text) {
            return decoder.apply(text);
        }
    }

    private Codecs() {}

    /** Whether no value takes more than {@link #SHORT_BYTES_MAX} bytes. */
    static boolean isShort(Codec<?> codec) {
        return codec.equals(INTEGER);
    }

    private static <T> Codec<T> of(String type, Class<T> read, Function<T, String> write) {
        RecordCodec<T> codec = new RecordCodec<>(read);
        return new Simple<>(type, value -> Json.of(write.apply(value)), codec::decode);
    }
}
