package dev.weir.functions.ledger;

import dev.weir.graph.Decoded;
import dev.weir.graph.Graph;
import dev.weir.graph.Sink;
import dev.weir.graph.Source;
import dev.weir.graph.StateCodec;
import dev.weir.graph.Table;
import dev.weir.model.Json;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** A bot for tests: counts the events of each key, results in the event itself, and throws where the test says so. */
final class Echo {
    private static final Pattern KEY = Pattern.compile("\\{\"key\":\"([^\"]*)\".*}", Pattern.DOTALL);

    private static final Pattern NUMBER = Pattern.compile("\"n\":(\\d+)");

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

    /** A bot that dedupes by the event's text. */
    static Graph<String, Long, String> withIds(Predicate<String> throwsFor) {
        return of(
                Graph.named("echo")
                        .readFrom(Source.stream("events", Echo::decode))
                        .keyBy(Echo::key)
                        .dedupeBy(Optional::of, Duration.ofHours(1)),
                throwsFor,
                Json::of);
    }

    /** A bot whose results are small: the length of each event. */
    static Graph<String, Long, String> lengths(Predicate<String> throwsFor) {
        return of(
                Graph.named("echo")
                        .readFrom(Source.stream("events", Echo::decode))
                        .keyBy(Echo::key),
                throwsFor,
                event -> Json.of(Integer.toString(event.length())));
    }

    /** The same bot on a queue. */
    static Graph<String, Long, String> onQueue(String queue, Predicate<String> throwsFor) {
        return of(
                Graph.named("echo").readFrom(Source.queue(queue, Echo::decode)).keyBy(Echo::key), throwsFor, Json::of);
    }

    /** The same bot under another name. */
    static Graph<String, Long, String> named(String name, Predicate<String> throwsFor) {
        return of(
                Graph.named(name)
                        .readFrom(Source.stream("events", Echo::decode))
                        .keyBy(Echo::key),
                throwsFor,
                Json::of);
    }

    /** A bot whose results are large: the event and 300 KB more. */
    static Graph<String, Long, String> swelling(Predicate<String> throwsFor) {
        return of(
                Graph.named("echo")
                        .readFrom(Source.stream("events", Echo::decode))
                        .keyBy(Echo::key),
                throwsFor,
                event -> Json.of("{\"event\":" + event + ",\"more\":\"" + "x".repeat(300_000) + "\"}"));
    }

    /** A bot to which any line is an event of the key {@code bad}. */
    static Graph<String, Long, String> anything(Predicate<String> throwsFor) {
        return of(
                Graph.named("echo")
                        .readFrom(Source.stream("events", text -> Decoded.value(text.toString())))
                        .keyBy(_ -> "bad"),
                throwsFor,
                Json::of);
    }

    private static Graph<String, Long, String> of(
            Graph.Keyed<String> keyed, Predicate<String> throwsFor, Function<String, Json> encoder) {
        return keyed.mapWith(Table.of("counts", CODEC, 0L, Long::sum), (event, state) -> {
                    String key = keyed.key().apply(event);
                    state.put(key, state.get(key) + 1);
                    if (throwsFor.test(event)) {
                        throw new IllegalStateException("the test says so");
                    }
                    return event;
                })
                .writeTo(Sink.queue("echoes", encoder));
    }

    /** The number in an event. */
    static String number(String event) {
        var matcher = NUMBER.matcher(event);
        return matcher.find() ? matcher.group(1) : "";
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
