package dev.weir.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Small values of the model. */
class ValuesTest {

    @ParameterizedTest
    @CsvSource({
        "9, 10",
        "99, 100",
        "49590338271490256608559692538361571095, 49590338271490256608559692538361571096",
        "0, 1"
    })
    void sequenceNumbersAreOrderedByValue(String lower, String higher) {
        assertThat(new SequenceNumber(higher).isAfter(new SequenceNumber(lower)))
                .isTrue();
        assertThat(new SequenceNumber(lower).isAfter(new SequenceNumber(higher)))
                .isFalse();
        assertThat(new SequenceNumber(lower).isAfter(new SequenceNumber(lower))).isFalse();
    }

    @Test
    void viewsWithTheSameBytesAreEqual() {
        byte[] text = "xx{\"a\":1}yy".getBytes(StandardCharsets.UTF_8);
        Json view = new Json(text, 2, 9);
        assertThat(view)
                .isEqualTo(Json.of("{\"a\":1}"))
                .hasSameHashCodeAs(Json.of("{\"a\":1}"))
                .hasToString("{\"a\":1}");
        assertThat(view.toBytes()).hasSize(7);
        assertThat(view).isNotEqualTo(Json.of("{\"a\":2}"));
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {"a, \"a\"", "`a\"b`, `\"a\\\"b\"`", "`a\\b`, `\"a\\\\b\"`", "\u00e9, \"\u00e9\""})
    void textIsQuoted(String text, String json) {
        assertThat(Json.quoted(text)).isEqualTo(json);
    }

    @Test
    void controlCharactersAreEscaped() {
        assertThat(Json.quoted("\n\u0000")).isEqualTo("\"\\u000a\\u0000\"");
    }

    @Test
    void stepsHaveTheLabelsOfTheDesignInTheirOrder() {
        assertThat(Stream.of(Step.values()).map(Step::label))
                .containsExactly("10-decode", "20-dedupe", "30-reorder", "40-transform", "50-commit", "60-emit")
                .isSorted();
    }

    @Test
    void lanesOfAStreamHaveDifferentNames() {
        assertThat(new LaneId.Slice(3).text()).isEqualTo("lane-3");
        assertThat(new LaneId.PassThrough("shardId-000000000003").text()).isEqualTo("shard-shardId-000000000003");
    }
}
