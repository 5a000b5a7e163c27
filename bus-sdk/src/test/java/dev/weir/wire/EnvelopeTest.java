package dev.weir.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.model.Json;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EnvelopeTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "{\"payload\":{\"i\":1},\"id\":\"b\",\"event\":\"q\"}|{\"i\":1}",
                " { \"id\" : \"b\" , \"event\" : \"q\" , \"payload\" : [ 1 ] } |[ 1 ]",
                "{\"event\":{\"type\":\"bot\",\"id\":\"x\"},\"payload\":\"text\"}|\"text\"",
                "{\"event\":\"q\",\"payload\":null}|null",
                "{\"event\":\"q\",\"payload\":0}|0",
                "{\"event\":\"q\",\"payload\":1,\"payload\":2}|2",
                "{\"event\":\"q\",\"p\\u0061yload\":3}|3",
                "{\"\\u0065vent\":\"q\",\"payload\":4}|4",
                "{\"event\":\"q\",\"payload\":{\"event\":\"r\",\"payload\":5}}|{\"event\":\"r\",\"payload\":5}"
            })
    void thePayloadOfAnEnvelope(String line, String payload) {
        assertThat(Envelope.payloadOf(Json.of(line))).hasToString(payload);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"source\":\"a\",\"target\":\"b\",\"amount\":1}",
                "{\"payload\":1}",
                "{\"event\":\"q\"}",
                "{\"x\":{\"event\":\"q\",\"payload\":1}}",
                "[{\"event\":\"q\",\"payload\":1}]",
                "{\"event\":\"q\",\"key\":\"payload\"}",
                "{\"event\":\"q\",\"payloads\":1}",
                "{\"event\":\"q\",\"payload\":1",
                "{\"event\":\"q\",\"payload\":1}}",
                "{\"event\":\"q\",\"payload\":1,}",
                "{\"event\":\"q\",\"payload\"}",
                "{\"event\":\"q\",\"payload\":tru}",
                "{\"pa\\yload\":\"payload\"}",
                "\"payload",
                "payload",
                "{}",
                ""
            })
    void anythingElseIsItsOwnPayload(String text) {
        Json line = Json.of(text);
        assertThat(Envelope.payloadOf(line)).isSameAs(line);
    }

    @Test
    void noCutOfAnEnvelopeThrows() {
        byte[] whole = "{\"event\":\"q\",\"p\\u0061yload\":{\"é\":\"\\ud83d\"}}".getBytes(StandardCharsets.UTF_8);
        for (int from = 0; from < whole.length; from++) {
            for (int to = from; to < whole.length; to++) {
                Json line = new Json(whole, from, to);
                Json payload = Envelope.payloadOf(line);
                assertThat(payload).isSameAs(line);
                assertThat(Envelope.parse(line)).isNull();
            }
        }
    }

    @Test
    void readsAllFields() {
        Envelope envelope = parse(
                "{\"schema\":\"extra\",\"payload\":{\"i\":4},\"event_source_timestamp\":1795178701712,"
                        + "\"correlation_id\":{\"source\":\"up\",\"start\":\"z/1\"},\"id\":\"bot\",\"event\":\"q\",\"timestamp\":1700000000001,\"eid\":4,\"units\":2}");
        assertThat(envelope.id()).isEqualTo("bot");
        assertThat(envelope.event()).isEqualTo("q");
        assertThat(envelope.eventType()).isNull();
        assertThat(envelope.payload()).hasToString("{\"i\":4}");
        assertThat(envelope.eventSourceTimestamp()).isEqualTo(1795178701712L);
        assertThat(envelope.timestamp()).isEqualTo(1700000000001L);
        assertThat(envelope.correlationId()).hasToString("{\"source\":\"up\",\"start\":\"z/1\"}");
        assertThat(envelope.eid()).hasToString("4");
        assertThat(envelope.others()).hasToString("{schema=\"extra\", units=2}");
    }

    @Test
    void readsAReferenceAndAnEnvelopeWithoutPayload() {
        Envelope envelope = parse("{\"event\":{\"type\":\"bot\",\"id\":\"x.error\"},\"s3\":{\"bucket\":\"b\"}}");
        assertThat(envelope.event()).isEqualTo("x.error");
        assertThat(envelope.eventType()).isEqualTo("bot");
        assertThat(envelope.payload()).isNull();
        assertThat(envelope.id()).isNull();
        assertThat(envelope.others()).containsOnlyKeys("s3");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "1795178701712|1795178701712",
                "1795178701712.9|1795178701712",
                "1.795e12|1795000000000",
                "-1|-1",
                "\"2026-11-20T12:45:01.697Z\"|1795178701697",
                "\"2026-11-20T13:45:01+01:00\"|1795178701000"
            })
    void readsTimes(String json, long millis) {
        Envelope envelope = parse("{\"event\":\"q\",\"event_source_timestamp\":" + json + "}");
        assertThat(envelope.eventSourceTimestamp()).isEqualTo(millis);
        assertThat(envelope.others()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"yesterday\"",
                "null",
                "1e99",
                "1e999999999",
                "1e-999999999",
                "1e9999999999",
                "{}",
                "\"+999999999-01-01T00:00:00Z\""
            })
    void keepsATimeThatItCannotReadAsItIs(String json) {
        Envelope envelope = parse("{\"event\":\"q\",\"timestamp\":" + json + "}");
        assertThat(envelope.timestamp()).isNull();
        assertThat(envelope.others()).containsEntry("timestamp", Json.of(json));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "[]",
                "1",
                "{\"event\":1}",
                "{\"event\":{}}",
                "{\"event\":null}",
                "{\"payload\":1}",
                "{\"event\":\"q\"",
                "{\"event\":\"q\"}x"
            })
    void isNoneWithoutAnEventOrWhenMalformed(String line) {
        assertThat(Envelope.parse(Json.of(line))).isNull();
    }

    @Test
    void whatTheEncoderWritesComesBack() {
        var sink = new ByteSink();
        var encoder = new EnvelopeEncoder("ledger", "transfers.decided", sink);
        encoder.line(Json.of("{\"a\":\n1}"), 1795178701640L, 1795178701650L, 0);
        encoder.line(Json.of("2"), 0, 1, 1);
        assertThat(new String(sink.toBytes(), StandardCharsets.UTF_8))
                .isEqualTo(
                        "{\"id\":\"ledger\",\"event\":\"transfers.decided\",\"payload\":{\"a\": 1},\"event_source_timestamp\":1795178701640,"
                                + "\"timestamp\":1795178701650,\"eid\":0}\n"
                                + "{\"id\":\"ledger\",\"event\":\"transfers.decided\",\"payload\":2,\"event_source_timestamp\":0,\"timestamp\":1,\"eid\":1}\n");
        Json first =
                new RecordDecoder().decode(sink.toBytes()).getFirst().lines().getFirst();
        assertThat(Envelope.payloadOf(first)).hasToString("{\"a\": 1}");
    }

    private static Envelope parse(String line) {
        return Objects.requireNonNull(Envelope.parse(Json.of(line)), line);
    }
}
