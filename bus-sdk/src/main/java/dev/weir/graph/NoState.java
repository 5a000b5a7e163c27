package dev.weir.graph;

import dev.weir.model.Json;

/** The state of a bot whose events have no keys: there is none. */
public enum NoState {
    NONE;

    static final Table<NoState> TABLE = Table.of("none", new Codec(), NONE, (a, _) -> a);

    private static final class Codec implements StateCodec<NoState> {
        @Override
        public Json encode(NoState value) {
            return Json.of("null");
        }

        @Override
        public NoState decode(Json text) {
            return NONE;
        }

        @Override
        public int encodedBytesMax(NoState value) {
            return 4;
        }
    }
}
