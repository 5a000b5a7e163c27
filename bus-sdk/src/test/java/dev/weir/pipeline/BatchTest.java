package dev.weir.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** When a batch ends, in one lane and without a bus. */
class BatchTest {
    record In(String key, String text, long second) {}

    private static final Codec<In> IN = Codec.of(In.class);
    private static final To<String> OUT = To.queue("out", Codec.text());

    private static KeyedStage<String> texts() {
        return Pipeline.from(Feed.stream("in", IN))
                .timestampBy(in -> Instant.ofEpochSecond(in.second()))
                .keyBy(In::key)
                .map(In::text);
    }

    private static Alone alone(Batch rules) {
        return new Alone(Pipeline.of(
                "bot",
                texts().batch("batch", rules, Codec.text())
                        .map(texts -> String.join(",", texts))
                        .to(OUT)));
    }

    private static String in(String key, String text) {
        return IN.encode(new In(key, text, 0)).toString();
    }

    @Test
    void itEndsWithItsLastValue() {
        Alone alone = alone(Batch.ofCount(3));

        assertThat(alone.take(0, in("k", "a"))).isEmpty();
        assertThat(alone.take(0, in("k", "b"))).isEmpty();
        assertThat(alone.take(0, in("other", "x"))).isEmpty();
        assertThat(alone.take(0, in("k", "c"))).containsExactly("\"a,b,c\"");
        assertThat(alone.row("k")).isEqualTo("{}");
        assertThat(alone.take(0, in("k", "d"))).isEmpty();
    }

    @Test
    void oneOfOneWaitsForNothing() {
        Alone alone = alone(Batch.ofCount(1).after(Duration.ofSeconds(10)));

        assertThat(alone.take(0, in("k", "a"))).containsExactly("\"a\"");
        assertThat(alone.due(20_000)).containsExactly("nothing is due");
    }

    @Test
    void itNeverHasMoreBytesThanWasSaidUnlessOneValueHas() {
        Alone alone = alone(Batch.ofBytes("[\"aaaa\",\"bbbb\"]".length()));

        assertThat(alone.take(0, in("k", "aaaa"))).isEmpty();
        assertThat(alone.take(0, in("k", "bbbbb"))).containsExactly("\"aaaa\"");
        assertThat(alone.take(0, in("k", "ccc"))).containsExactly("\"bbbbb,ccc\"");
        assertThat(alone.take(0, in("k", "d"))).isEmpty();
        assertThat(alone.take(0, in("k", "eeeeeeeeeeeeeeeeeeee"))).containsExactly("\"d\"", "\"eeeeeeeeeeeeeeeeeeee\"");
        assertThat(alone.row("k")).isEqualTo("{}");
    }

    @Test
    void itEndsWhenItsTimeIsOverThoughNothingComes() {
        Alone alone = alone(Batch.ofCount(3).after(Duration.ofSeconds(10)));
        alone.take(1_000, in("k", "a"));
        alone.take(2_000, in("k", "b"));

        assertThat(alone.due(10_999)).containsExactly("nothing is due");
        assertThat(alone.due(11_000)).containsExactly("\"a,b\"");
        assertThat(alone.due(99_000)).containsExactly("nothing is due");
    }

    @Test
    void whatComesAfterItsTimeIsInTheNext() {
        Alone alone = alone(Batch.ofTime(Duration.ofSeconds(10)));
        alone.take(1_000, in("k", "a"));

        assertThat(alone.take(11_000, in("k", "b"))).containsExactly("\"a\"");
        assertThat(alone.due(20_999)).containsExactly("nothing is due");
        assertThat(alone.due(21_000)).containsExactly("\"b\"");
    }

    @Test
    void nothingIsLeftOfTheTimeOfABatchThatEndedBefore() {
        Alone alone = alone(Batch.ofCount(2).after(Duration.ofSeconds(10)));
        for (int i = 0; i < 50; i++) {
            alone.take(i, in("k", "a"));
        }

        assertThat(alone.row(Timers.rowOf("k"))).isEqualTo("{\"$timers\":[]}");
    }

    @Test
    void timeThatAFurtherVersionHasCountsFromItsFirstValueOn() {
        Gathered before = Gathered.NONE.with(dev.weir.model.Json.of("\"a\""), 0, Gathered.EVER);
        Alone alone = alone(Batch.ofCount(3).after(Duration.ofSeconds(10)));
        alone.take(0, in("k", "x"));
        StepStates row = (StepStates) alone.get("k");
        alone.put("k", row.with(0, before, new GatheredCodec("").encode(before)));

        assertThat(alone.take(5_000, in("k", "b"))).isEmpty();
        assertThat(alone.due(14_999)).isEmpty(); // the look for the batch that is not there any more
        assertThat(alone.due(15_000)).containsExactly("\"a,b\"");
    }

    @Test
    void manyThatEndAtOnceAreWrittenInSeveralGoes() {
        Alone alone = alone(Batch.ofTime(Duration.ofSeconds(10)));
        IntStream.range(0, 1_000)
                .mapToObj(i -> "k" + i)
                .filter(key -> Timers.rowOf(key).equals(Timers.rowOf("k0")) || key.equals("k1"))
                .limit(8)
                .forEach(key -> alone.take(0, in(key, "x".repeat(90_000))));

        assertThat(List.of(
                        alone.due(10_000).size(),
                        alone.due(10_000).size(),
                        alone.due(10_000).size()))
                .isEqualTo(List.of(3, 3, 2));
        assertThat(alone.due(10_000)).containsExactly("nothing is due");
    }

    @Test
    void itHasTheEventTimeOfTheLatestOfItsValues() {
        Alone alone = new Alone(Pipeline.of(
                "bot",
                texts().batch("batch", Batch.ofCount(2), Codec.text())
                        .<Integer, Long>process(
                                "millis", Codec.of(Integer.class), (event, _, results) -> results.add(event.millis()))
                        .to(To.queue("out", Codec.integer()))));
        alone.take(0, IN.encode(new In("k", "a", 70)).toString());

        assertThat(alone.take(0, IN.encode(new In("k", "b", 50)).toString())).containsExactly("70000");
    }

    @Test
    void boundsAreChecked() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Batch.ofCount(0))
                .withMessage("a batch has 1 to 10000 values: count=0");
        assertThatIllegalArgumentException().isThrownBy(() -> Batch.ofCount(10_001));
        assertThatIllegalArgumentException().isThrownBy(() -> Batch.ofBytes(0)).withMessageContaining("bytes=0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Batch.ofTime(Duration.ZERO))
                .withMessageContaining("duration=PT0S");
        assertThat(Batch.ofBytes(5).orCount(3).after(Duration.ofSeconds(1)))
                .isEqualTo(Batch.ofCount(3).orBytes(5).after(Duration.ofSeconds(1)))
                .isEqualTo(Batch.ofTime(Duration.ofSeconds(1)).orBytes(5).orCount(3));
    }
}
