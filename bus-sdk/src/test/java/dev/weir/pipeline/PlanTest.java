package dev.weir.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.graph.Decoded;
import dev.weir.graph.Sink;
import dev.weir.model.Json;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
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
    void theBatchesOfAKeyFitItsState() {
        KeyedStage<String> keyed = lines().keyBy(line -> line);
        End small = keyed.batch("small", Batch.ofCount(10), Codec.text()).to(To.nothing());
        End large = keyed.batch("large", Batch.ofBytes(200_001), Codec.text()).to(To.nothing());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Pipeline.of("bot", small, large))
                .withMessage("batches may come to more than the state of a key holds: bot=bot"
                        + " bytes={small=100000, large=200001} bytesMax=300000;"
                        + " say fewer with orBytes(...) in step small or large");
        assertThat(Pipeline.of("bot", large).name()).isEqualTo("bot");
    }

    @Test
    void enrichedValuesTravelToTheirKeysAndNeedACodecForThat() {
        Stage<String> enriched = lines().enrich("names", line -> line, keys -> Map.of(), (line, _) -> line);
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> Pipeline.of("bot", enriched.keyBy(line -> line).to(OUT)))
                .withMessageContaining("step key-1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Pipeline.of(
                        "bot",
                        enriched.enrich("names", line -> line, keys -> Map.of(), (line, _) -> line)
                                .to(OUT)))
                .withMessageContaining("two steps have the same name: name=names bot=bot");
    }

    @Test
    void batchesAndLookupsAreDescribed() {
        Description description = Pipeline.of(
                        "words",
                        lines().keyBy(line -> line)
                                .enrich("names", line -> line, keys -> Map.of(), (line, _) -> line)
                                .batch("tens", Batch.ofCount(10), Codec.text())
                                .to(To.nothing()))
                .description();

        assertThat(description.json().toString())
                .contains(
                        "{\"name\":\"names\",\"verb\":\"enrich\",\"inputs\":[\"key-1\"]}",
                        "{\"name\":\"tens\",\"verb\":\"batch\",\"inputs\":[\"names\"],\"state\":\"batch of text\"}");
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

    private static String typeOf(Window window) {
        Pipeline pipeline = Pipeline.of(
                "bot",
                lines().keyBy(line -> line)
                        .window(window, Codec.text())
                        .count("count")
                        .to(To.nothing()));
        return pipeline.graph().steps().orElseThrow().stateTypes().getOrDefault("count", "none");
    }

    @Test
    void windowsOfAnotherLengthAreAnotherStateAndAnotherLatenessOrGapIsNot() {
        Window minute = Window.tumbling(Duration.ofMinutes(1));
        assertThat(typeOf(minute))
                .isEqualTo("tumbling window of PT1M each PT1M of integer")
                .isEqualTo(typeOf(minute.waiting(Duration.ofSeconds(5))))
                .isNotEqualTo(typeOf(Window.tumbling(Duration.ofMinutes(2))))
                .isNotEqualTo(typeOf(Window.sliding(Duration.ofMinutes(1), Duration.ofSeconds(10))));
        assertThat(typeOf(Window.session(Duration.ofMinutes(1))))
                .isEqualTo("session window of integer")
                .isEqualTo(typeOf(Window.session(Duration.ofMinutes(2))));
    }

    @Test
    void rowsNeedKeys() {
        assertThatThrownBy(() -> Pipeline.of("bot", lines().to(To.table("rows", Codec.text()))))
                .hasMessageContaining("rows of a table are found by their keys")
                .hasMessageContaining("the end rows has none: bot=bot; write keyBy before it");
        KeyedStage<String> keyed = lines().keyBy(line -> line);
        assertThat(Pipeline.of("bot", keyed.filter(line -> true).to(To.table("rows", Codec.text())))
                        .outsides())
                .hasSize(1);
    }

    @Test
    void endsThatLeaveTheBusHaveNamesOfTheirOwn() {
        KeyedStage<String> keyed = lines().keyBy(line -> line);
        End mails = keyed.to(To.function("mails", Codec.text(), (_, _) -> {}));
        assertThatThrownBy(() -> Pipeline.of("bot", mails, keyed.to(To.files("mails", Codec.text(), "* * * * *"))))
                .hasMessageContaining("two ends have the same name, and would share a queue: name=mails bot=bot");
        assertThatThrownBy(() -> Pipeline.of("bot", keyed.to(To.table("parked", Codec.text()))))
                .hasMessageContaining("an end cannot have this name, which a queue of every bot has: name=parked");
        assertThat(((Sink.Effects<?>) Pipeline.of("bot", mails).graph().sink()).own())
                .containsExactly("bot.mails");
    }

    @Test
    void aPipelinePutsNothingIntoItsOwnStreamAndIntoFewOthers() {
        To<String> own = To.stream("lines", line -> line, Codec.text());
        assertThatThrownBy(() -> Pipeline.of("bot", lines().to(own)))
                .hasMessageContaining("into the stream that its lanes send each other: bot=bot stream=lines")
                .hasMessageContaining("use a queue");
        Stage<String> lines = lines();
        End[] many = IntStream.range(0, 6)
                .mapToObj(n -> lines.to(To.stream("s" + n, line -> line, Codec.text())))
                .toArray(End[]::new);
        assertThatThrownBy(() -> Pipeline.of("bot", many)).hasMessageContaining("5 streams at most");
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
