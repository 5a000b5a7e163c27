package dev.weir.functions.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.protocols.jsoncore.JsonNode;

/** Lines that CloudWatch makes metrics of, whatever they are about. */
class EmfLineTest {
    private static final long NOW = 1_800_000_000_000L;

    /** The harness refuses what CloudWatch would. */
    @Property(tries = 2_000)
    void aLineKeepsWhatCloudWatchAsksForAndTellsTheValue(@ForAll("names") String bot, @ForAll long value) {
        Heard heard = new Heard();

        heard.accept(new EmfLine(NOW, Map.of("Bus", "shop", "Bot", bot))
                .of(Map.of(Metric.EVENTS, value), List.of(List.of("Bus"), List.of("Bus", "Bot")))
                .text());

        assertThat(heard.sum(Metric.EVENTS, "shop")).isEqualTo(value);
        assertThat(heard.sum(Metric.EVENTS, "shop", EmfLine.value(bot))).isEqualTo(value);
        assertThat(heard.metrics()).hasSize(2);
    }

    @Property(tries = 2_000)
    void namesThatDifferAreValuesThatDiffer(@ForAll("names") String one, @ForAll("names") String other) {
        assertThat(EmfLine.value(one).equals(EmfLine.value(other))).isEqualTo(one.equals(other));
    }

    @Property(tries = 500)
    void theNameOfABotStaysAsItIs(@ForAll("botNames") String bot) {
        assertThat(EmfLine.value(bot)).isEqualTo(bot);
    }

    @Provide
    Arbitrary<String> names() {
        return Arbitraries.oneOf(
                Arbitraries.strings().all().ofMaxLength(20).filter(EmfLineTest::isText),
                Arbitraries.strings()
                        .withChars("\"\\ %~:\n\u0000\u007fa\u00e9\u4e16")
                        .ofMaxLength(8),
                Arbitraries.strings().ascii().ofMinLength(1_000).ofMaxLength(3_000),
                Arbitraries.of("\ud83d\ude00".repeat(600), "\ud83d\ude00".repeat(601), " ".repeat(1_024)));
    }

    /** Half of a pair of characters is no text, and no name. */
    private static boolean isText(String name) {
        return name.codePoints().noneMatch(point -> point >= 0xd800 && point <= 0xdfff);
    }

    @Provide
    Arbitrary<String> botNames() {
        return Arbitraries.strings()
                .withCharRange('a', 'z')
                .withCharRange('A', 'Z')
                .withChars("0123456789._-")
                .ofMinLength(1)
                .ofMaxLength(100);
    }

    @Test
    void whatIsNoVisibleAsciiIsWrittenByItsBytes() {
        assertThat(EmfLine.value("")).isEqualTo("%");
        assertThat(EmfLine.value("Stra\u00dfe 7%")).isEqualTo("Stra%C3%9Fe%207%25");
        assertThat(EmfLine.value("x".repeat(1_024))).hasSize(1_024).endsWith("xx");
        assertThat(EmfLine.value("x".repeat(1_025))).hasSize(1_024).matches("x+%~[0-9a-f]{16}");
    }

    @Test
    void severalDirectivesOfALineHaveTheirOwnDimensions() {
        Heard heard = new Heard();

        heard.accept(new EmfLine(NOW, Map.of("Bus", "shop", "Bot", "a"))
                .of(Map.of(Metric.LAG, 5L), List.of(List.of("Bus", "Bot")))
                .of(Map.of(Metric.ROGUE, 1L), List.of(List.of("Bus"), List.of("Bus", "Bot")))
                .text());

        assertThat(heard.metrics()).containsExactly("Lag shop a", "Rogue shop", "Rogue shop a");
    }

    @Test
    void aMetricThatIsToldTwiceAndADimensionThatIsMissingAreRefused() {
        EmfLine line = new EmfLine(NOW, Map.of("Bus", "shop")).of(Map.of(Metric.LAG, 5L), List.of(List.of("Bus")));

        assertThatIllegalArgumentException().isThrownBy(() -> line.of(Map.of(), List.of(List.of("Bus"))));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> line.of(Map.of(Metric.LAG, 6L), List.of(List.of("Bus"))))
                .withMessageContaining("each once");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> line.of(Map.of(Metric.HELD, 6L), List.of(List.of("Bus", "Bot"))))
                .withMessageContaining("of those of its line");
    }

    @Test
    void dimensionsAreThirtyAtMost() {
        Map<String, String> all = new HashMap<>();
        IntStream.range(0, 31).forEach(i -> all.put("d" + i, "v"));
        List<String> names = List.copyOf(all.keySet());
        Heard heard = new Heard();

        heard.accept(new EmfLine(NOW, all)
                .of(Map.of(Metric.HELD, 1L), List.of(names.subList(0, 30)))
                .text());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new EmfLine(NOW, all).of(Map.of(Metric.HELD, 1L), List.of(names)))
                .withMessageContaining("at most 30");
    }

    @Test
    void aLineIsWhatTheSpecificationShows() {
        String line = new EmfLine(NOW, Map.of("Bus", "shop", "Bot", "ledger"))
                .of(Map.of(Metric.HELD_AGE, 250L), List.of(List.of("Bus"), List.of("Bus", "Bot")))
                .text();

        assertThat(line)
                .isEqualTo("{\"_aws\":{\"Timestamp\":1800000000000,\"CloudWatchMetrics\":[{\"Namespace\":\"Weir\","
                        + "\"Dimensions\":[[\"Bus\"],[\"Bus\",\"Bot\"]],"
                        + "\"Metrics\":[{\"Name\":\"HeldAge\",\"Unit\":\"Milliseconds\"}]}]},"
                        + "\"Bot\":\"ledger\",\"Bus\":\"shop\",\"HeldAge\":250}");
        assertThat(JsonNode.parser().parse(line).isObject()).isTrue();
    }
}
