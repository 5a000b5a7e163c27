package dev.weir.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.weir.graph.Decoded;
import dev.weir.graph.Sink;
import dev.weir.model.Json;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** What is found when a pipeline is put together, before anything runs. */
class PlanTest {
    private static final Feed<String> LINES = Feed.stream("lines", Codec.text());
    private static final To<String> OUT = To.queue("out", Codec.text());

    private static Stage<String> lines() {
        return Pipeline.from(LINES);
    }

    @Test
    void aPipelineHasAnEnd() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Pipeline.of("bot"))
                .withMessageContaining("needs an end: bot=bot");
    }

    @Test
    void twoStepsWithStateHaveTwoNames() {
        KeyedStage<Long> counts = lines().keyBy(line -> line).count("same");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Pipeline.of("bot", counts.count("same").to(To.nothing())))
                .withMessageContaining("two steps have the same name: name=same bot=bot");
    }

    @Test
    void eventsThatTravelNeedACodec() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Pipeline.of(
                        "bot",
                        lines().flatMap(line -> List.of(line.split(" ")))
                                .keyBy(word -> word)
                                .count("count")
                                .to(To.nothing())))
                .withMessageContaining("step key-1")
                .withMessageContaining("keyBy(name, key, codec)");
    }

    @Test
    void aSourceThatTwoStepsReadGivesItsEventsNoKeyAtOnce() {
        Stage<String> lines = lines();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Pipeline.of(
                        "bot", lines.to(OUT), lines.keyBy(line -> line).to(OUT)))
                .withMessageContaining("step key-1");
    }

    @Test
    void oneStreamIsReadOrAnyQueues() {
        Stage<String> other = Pipeline.from(Feed.queue("queue", Codec.text()));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Pipeline.of("bot", lines().merge(other).to(OUT)))
                .withMessageContaining("one stream, or any number of queues: bot=bot sources=[lines, queue]");

        Stage<String> third = Pipeline.from(Feed.queue("third", Codec.text()));
        assertThat(Pipeline.of("bot", other.merge(third).to(OUT))
                        .graph()
                        .source()
                        .queues())
                .containsExactly("queue", "third");
    }

    @Test
    void dedupeAndOrderGoBehindAKey() {
        KeyedStage<Long> counts = lines().keyBy(line -> line).count("count");
        assertThatIllegalStateException()
                .isThrownBy(() -> counts.dedupeBy(_ -> Optional.empty(), Duration.ofHours(1)))
                .withMessage("dedupeBy goes right behind keyBy, and here it is behind: process");
        assertThatIllegalStateException()
                .isThrownBy(() -> counts.orderBy(_ -> OptionalLong.empty(), Duration.ofHours(1)))
                .withMessageStartingWith("orderBy goes right behind keyBy");
    }

    @Test
    void namesAndTimesAreChecked() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Feed.stream("two words", Codec.text()))
                .withMessageContaining("name=two words");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> lines().keyBy(line -> line).count("no/slash"))
                .withMessageContaining("name=no/slash");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Window.sliding(Duration.ofMinutes(1), Duration.ofMinutes(2)))
                .withMessageContaining("size=PT1M step=PT2M");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Window.sliding(Duration.ofHours(1), Duration.ofSeconds(1)))
                .withMessageContaining("at most 100 times");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Window.tumbling(Duration.ZERO))
                .withMessageContaining("duration=PT0S");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Window.session(Duration.ofMinutes(1)).waiting(Duration.ofMillis(-1)))
                .withMessageContaining("lateness=PT-0.001S");
    }

    @Test
    void theKeyIsTakenFromWhatTheStepsBeforeItMade() {
        Pipeline pipeline = Pipeline.of(
                "bot",
                lines().filter(line -> !line.isEmpty())
                        .map(String::toUpperCase)
                        .keyBy(line -> line.substring(0, 1))
                        .count("count")
                        .to(To.nothing()));

        assertThat(key(pipeline, "\"apple\"")).isEqualTo("A");
        assertThat(key(pipeline, "\"\"")).isEmpty();
    }

    private static String key(Pipeline pipeline, String text) {
        return pipeline.graph().source().decoder().decode(Json.of(text)) instanceof Decoded.Value<Work>(Work work)
                ? pipeline.graph().key().apply(work)
                : "refused";
    }

    @Test
    void theGraphNamesTheQueuesThatItWrites() {
        KeyedStage<String> keyed = lines().keyBy(line -> line);
        Pipeline pipeline = Pipeline.of(
                "bot",
                keyed.to(OUT),
                keyed.to(To.sharedQueue("all", Codec.text())),
                keyed.window(Window.tumbling(Duration.ofMinutes(1)), Codec.text())
                        .count("minutes")
                        .to(To.nothing()));

        assertThat(pipeline.graph().sink())
                .isInstanceOfSatisfying(Sink.Effects.class, sink -> assertThat(List.of(sink.own(), sink.shared()))
                        .isEqualTo(List.of(List.of("out", "bot.late"), List.of("all"))));
    }

    @Test
    void aPipelineDescribesItself() {
        Stage<String> lines = lines();
        Description description = Pipeline.of(
                        "words",
                        lines.flatMap(line -> List.of(line.split(" ")))
                                .keyBy("word", word -> word, Codec.text())
                                .count("count")
                                .to(To.queue("counts", Codec.integer())))
                .description();

        assertThat(description.json())
                .hasToString("{\"bot\":\"words\",\"steps\":["
                        + "{\"name\":\"lines\",\"verb\":\"stream\",\"inputs\":[],\"queue\":\"lines\"},"
                        + "{\"name\":\"flat-map-1\",\"verb\":\"flat map\",\"inputs\":[\"lines\"]},"
                        + "{\"name\":\"word\",\"verb\":\"key\",\"inputs\":[\"flat-map-1\"]},"
                        + "{\"name\":\"count\",\"verb\":\"process\",\"inputs\":[\"word\"],\"state\":\"integer\"},"
                        + "{\"name\":\"write-1\",\"verb\":\"write\",\"inputs\":[\"count\"],\"queue\":\"counts\"}]}");
        assertThat(description.mermaid())
                .isEqualTo(
                        """
                        flowchart LR
                          s0[("stream<br/>lines")]
                          s1["flat map<br/>flat-map-1"]
                          s2["key<br/>word"]
                          s3[["process<br/>count"]]
                          s4[("write<br/>counts")]
                          s0 --> s1
                          s1 --> s2
                          s2 --> s3
                          s3 --> s4
                        """);
        assertThat(description.dot())
                .startsWith("digraph \"words\" {\n  rankdir=LR;\n  s0 [shape=cylinder,label=\"stream\\nlines\"];\n")
                .endsWith("  s3 -> s4;\n}\n");
    }
}
