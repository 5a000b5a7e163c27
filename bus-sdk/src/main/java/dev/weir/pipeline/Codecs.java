package dev.weir.pipeline;

import dev.weir.graph.Decoded;
import dev.weir.model.Json;
import java.util.function.Function;

/** The codecs that need no class. */
final class Codecs {
    static final Codec<Json> JSON = new Simple<>("json", json -> json, Decoded::value);
    static final Codec<String> TEXT = of("text", String.class, Json::quoted);
    static final Codec<Long> INTEGER = new Whole();

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

    private static final class Whole implements BoundedCodec<Long> {
        private static final int BYTES_MAX = Long.toString(Long.MIN_VALUE).length();
        private static final RecordCodec<Long> READ = new RecordCodec<>(Long.class);

        @Override
        public String type() {
            return "integer";
        }

        @Override
        public Json encode(Long value) {
            return Json.of(Long.toString(value));
        }

        @Override
        public Decoded<Long> decode(Json text) {
            return READ.decode(text);
        }

        @Override
        public int bytesMax(Long value) {
            return BYTES_MAX;
        }
    }

    private Codecs() {}

    private static <T> Codec<T> of(String type, Class<T> read, Function<T, String> write) {
        RecordCodec<T> codec = new RecordCodec<>(read);
        return new Simple<>(type, value -> Json.of(write.apply(value)), codec::decode);
    }
}
