package dev.weir.local.simulate;

import dev.weir.graph.Decoded;
import dev.weir.graph.Graph;
import dev.weir.graph.Output;
import dev.weir.graph.Sink;
import dev.weir.graph.Source;
import dev.weir.graph.State;
import dev.weir.graph.StateCodec;
import dev.weir.graph.Table;
import dev.weir.model.Json;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A bot on queues: counts the events of each key, says of each event which of its key it is, and counts all in two totals, of which at
 * least one is in another lane than most keys.
 */
final class CountingBot {
    private static final Pattern EVENT = Pattern.compile("\\{\"id\":\"([^\"]*)\",\"key\":\"([^\"]*)\".*}");
    private static final int LONG_CHARS_MAX = 20;

    /** An event, and what becomes of it: the count is added to its id, so that every pass over a queue makes events of its own. */
    record Event(String id, String key) {
        String counted(String countedKey, long count) {
            return "{\"id\":\"" + id + "." + count + "\",\"key\":\"" + countedKey + "\",\"count\":" + count + "}";
        }
    }

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
            return LONG_CHARS_MAX;
        }
    };

    private CountingBot() {}

    /**
     * A graph.
     *
     * @param key from an event's id and key to the key under which it is counted
     * @param shared whether all lanes write one queue, or each a sub-queue of its own
     */
    static Graph<Event, Long, String> graph(
            String name, List<String> queues, KeyRule key, String output, boolean shared, Duration retention) {
        Sink<String> sink = shared
                ? Sink.<String>queues(json -> List.of(new Output.Payload(output, Json.of(json))))
                        .keeping(retention)
                : Sink.queue(output, Json::of);
        return Graph.named(name)
                .readFrom(Source.queues(queues, CountingBot::decode))
                .keyBy(key::of)
                .mapWith(
                        Table.of("counts", CODEC, 0L, Long::sum),
                        (event, counts) -> count(event, key.of(event), counts))
                .writeTo(sink);
    }

    /** Under which key an event is counted. */
    @FunctionalInterface
    interface KeyRule {
        String of(Event event);
    }

    private static String count(Event event, String key, State<Long> counts) {
        long count = counts.get(key) + 1;
        counts.put(key, count);
        counts.add(total(key), 1L);
        return event.counted(key, count);
    }

    /** The total in which a key is counted too. */
    static String total(String key) {
        return "total-" + Math.floorMod(key.hashCode(), 2);
    }

    private static Decoded<Event> decode(Json text) {
        Matcher matcher = EVENT.matcher(text.toString());
        return matcher.matches()
                ? Decoded.value(new Event(matcher.group(1), matcher.group(2)))
                : Decoded.refused("not an event of this scenario");
    }
}
