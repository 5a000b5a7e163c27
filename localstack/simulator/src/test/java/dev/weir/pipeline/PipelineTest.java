package dev.weir.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.testkit.BotTest;
import dev.weir.testkit.TestBus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
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

    @Test
    void whatCannotBeWrittenWholeIsParkedWhole() {
        Stage<String> lines = Pipeline.from(Feed.stream("lines", Codec.text()));
        Pipeline pipeline = Pipeline.of(
                "whole",
                lines.keyBy("line", line -> line, Codec.text()).count("count").to(To.queue("counts", Codec.integer())),
                lines.map(line -> line.repeat(1_000_000)).to(To.queue("long", Codec.text())));
        BotTest.of(pipeline.graph()).withoutFaults().run(bus -> {
            bus.put("\"x\"");

            assertThat(bus.parked()).singleElement().satisfies(parked -> assertThat(parked.reason())
                    .contains("result is too large"));
            assertThat(bus.results()).isEmpty();
            assertThat(bus.results("long")).isEmpty();
        });
    }

    record Order(String id, long second) {
        String json() {
            return "{\"order\":{\"id\":\"" + id + "\",\"second\":" + second + "}}";
        }
    }

    record Delivery(String id, long second) {
        String json() {
            return "{\"delivery\":{\"id\":\"" + id + "\",\"second\":" + second + "}}";
        }
    }

    record Either(Order order, Delivery delivery) {
        long second() {
            return order == null ? delivery.second() : order.second();
        }
    }

    @Test
    void whatIsWithinATimeOfEachOtherIsJoinedWhicheverComesFirst() {
        Branches<Stage<Either>> either = Pipeline.from(Feed.stream("either", Codec.of(Either.class)))
                .timestampBy(value -> Instant.ofEpochSecond(value.second()))
                .branch(value -> value.order() != null);
        KeyedStage<Order> orders =
                either.matching().map(Either::order).keyBy("order", Order::id, Codec.of(Order.class));
        KeyedStage<Delivery> deliveries =
                either.rest().map(Either::delivery).keyBy("delivery", Delivery::id, Codec.of(Delivery.class));
        Pipeline pipeline = Pipeline.of(
                "deliveries",
                orders.joinWithin(
                                "delivered",
                                Duration.ofSeconds(60),
                                Codec.of(Order.class),
                                deliveries,
                                Codec.of(Delivery.class),
                                (order, delivery) -> order.id() + " after " + (delivery.second() - order.second()))
                        .to(To.queue("delivered", Codec.text())));
        test(pipeline).run(bus -> {
            bus.put(new Order("a", 0).json(), new Delivery("b", 10).json(), new Order("c", 20).json());
            bus.put(new Delivery("a", 40).json(), new Order("b", 5).json(), new Delivery("c", 100).json());
            bus.advance(Duration.ofHours(1));

            assertThat(bus.results()).containsExactlyInAnyOrder("\"a after 40\"", "\"b after 5\"");
        });
    }

    record Price(String symbol, long cents, boolean isTick) {
        String json() {
            return "{\"symbol\":\"" + symbol + "\",\"cents\":" + cents + ",\"isTick\":" + isTick + "}";
        }
    }

    @Test
    void aStreamIsJoinedWithTheLatestOfATable() {
        KeyedStage<Price> prices =
                Pipeline.from(Feed.stream("prices", Codec.of(Price.class))).keyBy(Price::symbol);
        Branches<KeyedStage<Price>> ticks = prices.branch(Price::isTick);
        Pipeline pipeline = Pipeline.of(
                "asks",
                ticks.rest()
                        .joinLatest("price", ticks.matching(), Codec.of(Price.class), (ask, price) -> price.map(
                                        Price::cents)
                                .orElse(0L))
                        .to(To.queue("answers", Codec.integer())));
        test(pipeline).run(bus -> {
            bus.put(new Price("X", 0, false).json(), new Price("X", 70, true).json(), new Price("X", 0, false).json());
            bus.put(new Price("X", 80, true).json(), new Price("X", 90, true).json(), new Price("X", 0, false).json());

            assertThat(bus.results()).containsExactly("0", "70", "90");
        });
    }

    record Payment(String account, String id, long sequence) {
        String json() {
            return "{\"account\":\"" + account + "\",\"id\":\"" + id + "\",\"sequence\":" + sequence + "}";
        }
    }

    @Test
    void whatIsSentTwiceCountsOnceAndWhatIsOutOfOrderIsPutInOrder() {
        Pipeline pipeline = Pipeline.of(
                "payments",
                Pipeline.from(Feed.stream("payments", Codec.of(Payment.class)))
                        .keyBy(Payment::account)
                        .dedupeBy(payment -> Optional.of(payment.id()), Duration.ofHours(1))
                        .orderBy(payment -> OptionalLong.of(payment.sequence()), Duration.ofMinutes(10))
                        .map(Payment::id)
                        .to(To.queue("paid", Codec.text())));
        test(pipeline).run(bus -> {
            bus.put(
                    new Payment("a", "two", 2).json(),
                    new Payment("a", "one", 1).json(),
                    new Payment("a", "one", 1).json(),
                    new Payment("a", "three", 3).json());

            assertThat(bus.results()).containsExactly("\"one\"", "\"two\"", "\"three\"");
        });
    }
}
