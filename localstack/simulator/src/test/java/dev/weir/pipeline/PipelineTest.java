package dev.weir.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.testkit.BotTest;
import dev.weir.testkit.TestBus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Pipelines under faults: each verb on the simulated bus, with every fault there is. */
class PipelineTest {
    private static final int SEEDS = 60;

    record WordCount(String word, long count) {}

    record Trade(String symbol, long shares, long second) {
        String json() {
            return "{\"symbol\":\"" + symbol + "\",\"shares\":" + shares + ",\"second\":" + second + "}";
        }
    }

    record Volume(String symbol, long fromSecond, long shares) {}

    private static BotTest<KeyState, String, String> test(Pipeline pipeline) {
        return BotTest.of(pipeline.graph()).seeds(SEEDS);
    }

    private static final Pipeline WORDS = Pipeline.of(
            "word-count",
            Pipeline.from(Feed.stream("lines", Codec.text()))
                    .flatMap(line -> List.of(line.split(" ")))
                    .keyBy("word", word -> word, Codec.text())
                    .count("count")
                    .mapWithKey(WordCount::new)
                    .to(To.queue("words.counted", Codec.of(WordCount.class))));

    @Test
    void wordsThatTravelToTheLanesOfTheirKeysAreCountedOnce() {
        test(WORDS).run(bus -> {
            bus.put("\"a b a\"", "\"c a\"", "\"b\"", "\"a a a\"");

            Map<String, List<Long>> counts = bus.results().stream()
                    .map(text -> Codec.of(WordCount.class).decodeOrThrow(dev.weir.model.Json.of(text)))
                    .collect(Collectors.groupingBy(
                            WordCount::word, Collectors.mapping(WordCount::count, Collectors.toList())));
            assertThat(counts)
                    .isEqualTo(Map.of("a", List.of(1L, 2L, 3L, 4L, 5L, 6L), "b", List.of(1L, 2L), "c", List.of(1L)));
        });
    }

    private static Pipeline volumes(Window window) {
        return Pipeline.of(
                "volumes",
                Pipeline.from(Feed.stream("trades", Codec.of(Trade.class)))
                        .timestampBy(trade -> Instant.ofEpochSecond(trade.second()))
                        .keyBy(Trade::symbol)
                        .window(window, Codec.of(Trade.class))
                        .aggregate("volume", Codec.integer(), 0L, (sum, trade) -> sum + trade.shares(), Long::sum)
                        .mapWithKey((symbol, volume) -> new Volume(symbol, volume.fromMillis() / 1_000, volume.value()))
                        .to(To.queue("volumes", Codec.of(Volume.class))));
    }

    private static void put(TestBus<KeyState, String, String> bus, Trade... trades) {
        for (Trade trade : trades) {
            bus.put(trade.json());
        }
    }

    @Test
    void aWindowGivesOneResultWhenItsTimeIsOver() {
        test(volumes(Window.tumbling(Duration.ofSeconds(60)))).run(bus -> {
            put(bus, new Trade("X", 5, 10), new Trade("X", 7, 59), new Trade("X", 1, 60));
            bus.advance(Duration.ofHours(1));

            assertThat(bus.results())
                    .containsExactly(
                            "{\"fromSecond\":0,\"shares\":12,\"symbol\":\"X\"}",
                            "{\"fromSecond\":60,\"shares\":1,\"symbol\":\"X\"}");
        });
    }

    @Test
    void whatComesAfterItsWindowGaveItsResultIsKeptApart() {
        test(volumes(Window.tumbling(Duration.ofSeconds(60)).waiting(Duration.ofSeconds(30))))
                .run(bus -> {
                    put(bus, new Trade("X", 5, 10), new Trade("X", 1, 80), new Trade("X", 2, 20));
                    put(bus, new Trade("X", 4, 90), new Trade("X", 8, 30));
                    bus.advance(Duration.ofHours(1));

                    assertThat(bus.results())
                            .containsExactly(
                                    "{\"fromSecond\":0,\"shares\":7,\"symbol\":\"X\"}",
                                    "{\"fromSecond\":60,\"shares\":5,\"symbol\":\"X\"}");
                    assertThat(bus.results("volumes.late"))
                            .singleElement()
                            .asString()
                            .contains("\"step\":\"volume\"", "\"key\":\"X\"", "\"shares\":8");
                });
    }

    @Test
    void windowsThatOverlapEachCountWhatIsInThem() {
        test(volumes(Window.sliding(Duration.ofSeconds(60), Duration.ofSeconds(30))))
                .run(bus -> {
                    put(bus, new Trade("X", 1, 45), new Trade("X", 2, 70));
                    bus.advance(Duration.ofHours(1));

                    assertThat(bus.results())
                            .containsExactly(
                                    "{\"fromSecond\":0,\"shares\":1,\"symbol\":\"X\"}",
                                    "{\"fromSecond\":30,\"shares\":3,\"symbol\":\"X\"}",
                                    "{\"fromSecond\":60,\"shares\":2,\"symbol\":\"X\"}");
                });
    }

    @Test
    void aSessionGrowsAndMergesUntilNothingCameForTheGap() {
        test(volumes(Window.session(Duration.ofSeconds(30)).waiting(Duration.ofSeconds(60))))
                .run(bus -> {
                    put(
                            bus,
                            new Trade("X", 1, 100),
                            new Trade("X", 2, 150),
                            new Trade("X", 4, 125),
                            new Trade("X", 8, 200));
                    bus.advance(Duration.ofHours(1));

                    assertThat(bus.results())
                            .containsExactly(
                                    "{\"fromSecond\":100,\"shares\":7,\"symbol\":\"X\"}",
                                    "{\"fromSecond\":200,\"shares\":8,\"symbol\":\"X\"}");
                });
    }
}
