package dev.weir.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.testkit.BotTest;
import dev.weir.testkit.TestBus;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Batches on the simulated bus, with every fault there is. */
class BatchPipelineTest {
    private static final int SEEDS = 60;

    record Click(String user, long number) {
        String json() {
            return "{\"user\":\"" + user + "\",\"number\":" + number + "}";
        }
    }

    private static KeyedStage<Long> numbers() {
        return Pipeline.from(Feed.stream("clicks", Codec.of(Click.class)))
                .keyBy(Click::user)
                .map(Click::number);
    }

    private static Pipeline batches(Batch rules) {
        return Pipeline.of(
                "batches",
                numbers()
                        .batch("batch", rules, Codec.integer())
                        .mapWithKey((user, all) -> user + all)
                        .to(To.queue("batches", Codec.text())));
    }

    private static void put(TestBus<KeyState, String, String> bus, String user, int from, int to) {
        for (int i = from; i <= to; i++) {
            bus.put(new Click(user, i).json());
        }
    }

    @Test
    void valuesOfAKeyComeInOrderAndEachInOneBatch() {
        BotTest.of(batches(Batch.ofCount(3)).graph()).seeds(SEEDS).run(bus -> {
            put(bus, "a", 1, 4);
            put(bus, "b", 1, 2);
            put(bus, "a", 5, 7);
            put(bus, "b", 3, 3);
            bus.advance(Duration.ofHours(1));

            assertThat(bus.results().stream().filter(text -> text.startsWith("\"a")))
                    .containsExactly("\"a[1, 2, 3]\"", "\"a[4, 5, 6]\"");
            assertThat(bus.results()).hasSize(3).contains("\"b[1, 2, 3]\"");
        });
    }

    @Test
    void whatIsLeftComesWhenItsTimeIsOver() {
        BotTest.of(batches(Batch.ofCount(5).after(Duration.ofSeconds(10))).graph())
                .seeds(SEEDS)
                .run(bus -> {
                    put(bus, "a", 1, 7);
                    bus.advance(Duration.ofHours(1));

                    // faults take time, so some may wait too long for the others; but none is lost, or comes twice
                    assertThat(bus.results().stream().flatMap(BatchPipelineTest::numbersOf))
                            .containsExactly("1", "2", "3", "4", "5", "6", "7");
                    assertThat(bus.results()).hasSizeBetween(2, 7);
                });
    }

    private static Stream<String> numbersOf(String text) {
        return Stream.of(
                text.substring(text.indexOf('[') + 1, text.indexOf(']')).split(", "));
    }

    @Test
    void itWaitsAMinuteLongerAtMost() {
        BotTest.of(batches(Batch.ofTime(Duration.ofSeconds(10))).graph())
                .withoutFaults()
                .run(bus -> {
                    put(bus, "a", 1, 3);
                    assertThat(bus.results()).isEmpty();

                    bus.advance(Duration.ofSeconds(75));
                    assertThat(bus.results()).containsExactly("\"a[1, 2, 3]\"");
                });
    }

    @Test
    void aBatchIsWhatFurtherStepsTakeAsOneValue() {
        Pipeline pipeline = Pipeline.of(
                "sums",
                numbers()
                        .batch("twos", Batch.ofCount(2), Codec.integer())
                        .map(two -> two.getFirst() + two.getLast())
                        .keyBy("all", _ -> "all", Codec.integer())
                        .batch("threes", Batch.ofCount(3), Codec.integer())
                        .map(List::size)
                        .count("batches")
                        .to(To.queue("sums", Codec.integer())));
        BotTest.of(pipeline.graph()).seeds(SEEDS).run(bus -> {
            put(bus, "a", 1, 5);
            put(bus, "b", 1, 5);
            put(bus, "c", 1, 5);

            assertThat(bus.results()).containsExactly("1", "2");
        });
    }
}
