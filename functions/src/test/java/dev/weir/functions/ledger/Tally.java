package dev.weir.functions.ledger;

import dev.weir.graph.Decoded;
import dev.weir.graph.Graph;
import dev.weir.graph.Sink;
import dev.weir.graph.Source;
import dev.weir.graph.State;
import dev.weir.graph.StateCodec;
import dev.weir.graph.Table;
import dev.weir.model.Json;
import java.util.List;
import java.util.regex.Pattern;

/** A bot on queues for tests: counts the events of each key, and says of each event which of its key it is. */
final class Tally {
    private static final Pattern EVENT =
            Pattern.compile("\\{\"key\":\"([^\"]*)\",\"n\":(\\d+)(?:,\"to\":\"([^\"]*)\")?}");

    static final StateCodec<Long> CODEC = new StateCodec<>() {
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

    /**
     * @param to a key that gets one, or an empty text
     */
    record Event(String key, int n, String to) {
        String json() {
            return "{\"key\":\"" + key + "\",\"n\":" + n + (to.isEmpty() ? "" : ",\"to\":\"" + to + "\"") + "}";
        }
    }

    private Tally() {}

    static Graph<Event, Long, String> graph(String... queues) {
        return Graph.named("tally")
                .readFrom(Source.queues(List.of(queues), Tally::decode))
                .keyBy(Event::key)
                .mapWith(Table.of("counts", CODEC, 0L, Long::sum), Tally::count)
                .writeTo(Sink.queue("seen", Json::of));
    }

    private static String count(Event event, State<Long> counts) {
        if (event.n() == 666) {
            throw new IllegalStateException("the test says so");
        }
        counts.add(event.key(), 1L);
        if (!event.to().isEmpty()) {
            counts.add(event.to(), 1_000L);
        }
        return "{\"key\":\"" + event.key() + "\",\"n\":" + event.n() + "}";
    }

    private static Decoded<Event> decode(Json text) {
        var matcher = EVENT.matcher(text.toString());
        return matcher.matches()
                ? Decoded.value(new Event(
                        matcher.group(1),
                        Integer.parseInt(matcher.group(2)),
                        matcher.group(3) == null ? "" : matcher.group(3)))
                : Decoded.refused("no key");
    }

    static String event(String key, int n) {
        return new Event(key, n, "").json();
    }
}
