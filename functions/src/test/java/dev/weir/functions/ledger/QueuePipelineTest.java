package dev.weir.functions.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.bot.FanOut;
import dev.weir.graph.Effect;
import dev.weir.pipeline.Codec;
import dev.weir.pipeline.Feed;
import dev.weir.pipeline.KeyState;
import dev.weir.pipeline.KeyedStage;
import dev.weir.pipeline.Pipeline;
import dev.weir.pipeline.To;
import dev.weir.pipeline.Window;
import dev.weir.pipeline.Work;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Pipelines on queues: what comes together under one key from several of them, and when their windows end. */
class QueuePipelineTest {
    private static final Duration WITHIN = Duration.ofMinutes(5);

    record Event(String key, long second) {
        static String json(String key, long second) {
            return "{\"key\":\"" + key + "\",\"second\":" + second + "}";
        }
    }

    private static KeyedStage<Event> events(String queue) {
        return Pipeline.from(Feed.queue(queue, Codec.of(Event.class)))
                .timestampBy(event -> Instant.ofEpochSecond(event.second()))
                .keyBy(Event::key);
    }

    private static final Pipeline JOINED = Pipeline.of(
            "joined",
            events("orders")
                    .joinWithin(
                            "pair",
                            WITHIN,
                            Codec.of(Event.class),
                            events("deliveries"),
                            Codec.of(Event.class),
                            (order, delivery) -> new Event(order.key(), delivery.second() - order.second()))
                    .keyBy("delay", event -> "after-" + event.second(), Codec.of(Event.class))
                    .count("count")
                    .to(To.queue("delays", Codec.integer())));

    private static QueueWorld<Work, KeyState, List<Effect>> world(Pipeline pipeline, int lanes) {
        return new QueueWorld<>(pipeline.graph(), lanes);
    }

    @Test
    void whatComesFromTwoQueuesIsJoinedOnceWhereverTheBotDies() {
        for (int fatal = 0; fatal < 60; fatal++) {
            for (Fault fault : List.of(Fault.KILLED_BEFORE, Fault.KILLED_AFTER)) {
                int[] calls = {0};
                int at = fatal;
                var world = world(JOINED, 4);
                world.put("orders", keys(0));
                world.put("deliveries", keys(60));

                world.run(world.copy(_ -> calls[0]++ == at ? fault : Fault.NONE, FanOut.ALONE));
                world.drain();

                assertThat(world.payloads("delays"))
                        .as("killed at call %d: %s", fatal, fault)
                        .containsExactly("1", "2", "3", "4", "5", "6", "7", "8");
                assertThat(world.parked()).isEmpty();
            }
        }
    }

    private static List<String> keys(long second) {
        return IntStream.range(0, 8).mapToObj(n -> Event.json("k" + n, second)).toList();
    }

    private static final Pipeline MINUTES = Pipeline.of(
            "minutes",
            events("orders")
                    .window(Window.tumbling(Duration.ofMinutes(1)), Codec.of(Event.class))
                    .count("count")
                    .map(window -> window.value())
                    .to(To.queue("minutes.counted", Codec.integer())));

    @Test
    void aWindowEndsByTheClockOnceAllIsRead() {
        var world = world(MINUTES, 2);
        world.put("orders", List.of(Event.json("a", 10)));
        world.drain();
        world.time.advance(Duration.ofHours(1));
        world.put("orders", List.of(Event.json("a", 20), Event.json("a", 30)));
        world.drain();
        assertThat(world.payloads("minutes.counted"))
                .as("an hour later the rest of the minute was still in the queue")
                .isEmpty();

        world.time.advance(Duration.ofHours(1));
        world.drain();
        assertThat(world.payloads("minutes.counted")).containsExactly("3");
        assertThat(world.payloads("minutes.late")).isEmpty();
    }
}
