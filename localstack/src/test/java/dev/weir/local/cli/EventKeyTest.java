package dev.weir.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.model.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventKeyTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "{\"a\":1,\"k\":\"alice\"}        | alice",
                "{\"k\":\"al\\u00efce\"}          | alïce",
                "{\"k\":17}                       | 17",
                "{\"k\":1.50}                     | 1.50",
                "{\"x\":{\"k\":\"inner\"},\"k\":\"outer\"} | outer"
            })
    void isTheTextOrTheNumberInTheField(String line, String key) {
        assertThat(EventKey.field("k").of(Json.of(line))).contains(key);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "{}",
                "{\"k\":\"\"}",
                "{\"k\":null}",
                "{\"k\":true}",
                "{\"k\":[\"a\"]}",
                "{\"x\":{\"k\":1}}",
                "[1]",
                "7"
            })
    void otherLinesHaveNone(String line) {
        assertThat(EventKey.field("k").of(Json.of(line))).isEmpty();
    }

    @Test
    void ofTheLedgerIsTheSource() {
        EventKey key = EventKey.ofBotOn("transfers").orElseThrow();

        assertThat(key.of(Json.of("{\"target\":\"b\",\"source\":\"a\",\"amount\":1}")))
                .contains("a");
        assertThat(key.of(Json.of("{\"source\":\"a\"}")))
                .as("no transfer: parked in any lane")
                .contains("");
        assertThat(EventKey.ofBotOn("orders")).isEmpty();
    }
}
