package dev.weir.local.simulate;

import dev.weir.graph.Graph;
import dev.weir.graph.Sink;
import dev.weir.graph.Source;
import dev.weir.graph.State;
import dev.weir.graph.StateCodec;
import dev.weir.graph.Table;
import dev.weir.model.Json;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * A bot that counts the events of each key and what other keys gave to it, and throws for some events: after it changed the state of the
 * key, and after it gave. A mended one throws no more.
 */
final class PoisonBot {

    /** What an event adds to the state of its own key; what it gives to another is below that, also in sum. */
    static final long ONE = 1_000_000;

    /** The key that every lane has a part of. */
    static final String SPREAD = "all";

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

    /** {@code {"n":17,"count":3}} out: the third event of its key that took effect. */
    static Graph<PoisonEvent, Long, String> graph(BooleanSupplier isMended) {
        return Graph.named("taster")
                .readFrom(Source.stream("dishes", PoisonEvent::decode))
                .keyBy(PoisonEvent::key)
                .dedupeBy(PoisonEvent::id, Duration.ofDays(3)) // longer than a run
                .orderBy(
                        PoisonEvent::sequence,
                        Duration.ofSeconds(5)) // shorter than for producers: some come late in their key
                .mapWith(
                        Table.of("counts", CODEC, 0L, Long::sum).spreading(SPREAD),
                        (event, counts) -> taste(event, counts, isMended.getAsBoolean()))
                .touching(PoisonEvent::to)
                .writeTo(Sink.queue("dishes.tasted", Json::of));
    }

    private PoisonBot() {}

    private static String taste(PoisonEvent event, State<Long> counts, boolean isMended) {
        counts.put(event.key(), counts.get(event.key()) + ONE);
        counts.add(event.to(), event.gift());
        if (event.isPoison() && !isMended) {
            throw new IllegalStateException("poison");
        }
        return result(event, counts.get(event.key()) / ONE);
    }

    static String result(PoisonEvent event, long count) {
        return "{\"n\":" + event.n() + ",\"count\":" + count + "}";
    }
}
