package dev.weir.flow;

/** What numbers count for: a producer in a lane, or a key of the bot. */
sealed interface Scope {

    /** {@code p/} and the producer's id, or {@code k/} and the key. */
    String text();

    record Producer(String id) implements Scope {
        @Override
        public String text() {
            return "p/" + id;
        }
    }

    record OfKey(String key) implements Scope {
        @Override
        public String text() {
            return "k/" + key;
        }
    }

    static Scope parse(String text) {
        String rest = text.substring(2);
        return text.startsWith("k/") ? new OfKey(rest) : new Producer(rest);
    }
}
