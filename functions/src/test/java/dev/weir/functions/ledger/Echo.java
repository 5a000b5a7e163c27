package dev.weir.functions.ledger;

import dev.weir.graph.Decoded;
import dev.weir.graph.Graph;
import dev.weir.graph.Sink;
import dev.weir.graph.Source;
import dev.weir.graph.StateCodec;
import dev.weir.graph.Table;
import dev.weir.model.Json;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** A bot for tests: counts the events of each key, results in the event itself, and throws where the test says so. */
final class Echo {
    private static final Pattern KEY = Pattern.compile("\\{\"key\":\"([^\"]*)\".*}", Pattern.DOTALL);

    private static final StateCodec<Long> CODEC = new StateCodec<>() {
        @Override
        public Json encode(Long value) {
            return Json.of(Long.toString(value));
        }

        @Override
        public Long decode(Json text) {
            return Long.valueOf(text.toString());
        }

        @Override
        public int encodedBytesMax(Long value) {
            return 20;
        }
    };

    private Echo() {}

    static String event(String key, int n) {
        return "{\"key\":\"" + key + "\",\"n\":" + n + "}";
    }

    static Graph<String, Long, String> graph(Predicate<String> throwsFor) {
        return graph((event, _) -> throwsFor.test(event));
    }

    /** A bot that throws depending on an event and on how many of its key it took before. */
    static Graph<String, Long, String> graph(BiPredicate<String, Long> throwsFor) {
        return Graph.named("echo")
                .readFrom(Source.stream("events", Echo::decode))
                .keyBy(Echo::key)
                .mapWith(Table.of("counts", CODEC, 0L, Long::sum), (event, state) -> {
                    long before = state.get(key(event));
                    state.add(key(event), 1L);
                    if (throwsFor.test(event, before)) {
                        throw new IllegalStateException("the test says so");
                    }
                    return event;
                })
                .writeTo(Sink.queue("echoes", Json::of));
    }

    private static Decoded<String> decode(Json text) {
        String event = text.toString();
        return KEY.matcher(event).matches() ? Decoded.value(event) : Decoded.refused("no key");
    }

    private static String key(String event) {
        var matcher = KEY.matcher(event);
        return matcher.matches() ? matcher.group(1) : "";
    }
}
