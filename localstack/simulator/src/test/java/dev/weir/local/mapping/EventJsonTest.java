package dev.weir.local.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weir.model.Record;
import dev.weir.model.SequenceNumber;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventJsonTest {
    private static final MappingSettings SETTINGS = MappingSettings.of(
            "arn:aws:kinesis:eu-west-1:000000000000:stream/transfers",
            "arn:aws:lambda:eu-west-1:000000000000:function:f");

    private final EventJson json = new EventJson(SETTINGS);

    private static Record record(String key, int bytes, long arrivalMillis) {
        return new Record(
                "shardId-000000000006",
                new SequenceNumber("49590338271490256608559692538361571095921575989136588898"),
                key,
                arrivalMillis,
                new byte[bytes]);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "k\"ey\\", "\n\u0001", "schlüssel", "😀", "</script>"})
    void knowsTheSizeToTheByteBeforeItWrites(String key) {
        for (int bytes = 0; bytes < 5; bytes++) {
            Record record = record(key, bytes, 1_545_084_650_000L + bytes * 55L);

            assertThat(json.write(List.of(record)).length).isEqualTo(EventJson.FRAME_BYTES + json.sizeOf(record));
            assertThat(json.write(List.of(record, record, record)).length)
                    .isEqualTo(EventJson.FRAME_BYTES + 3 * json.sizeOf(record) + 2);
        }
    }

    @Test
    void writesWhatAFunctionGetsFromKinesis() throws IOException {
        byte[] event = json.write(List.of(record("a\"b", 2, 1_545_084_650_087L)));

        JsonNode written = new ObjectMapper().readTree(event).path("Records").path(0);
        assertThat(written.path("kinesis").path("kinesisSchemaVersion").asText())
                .isEqualTo("1.0");
        assertThat(written.path("kinesis").path("partitionKey").asText()).isEqualTo("a\"b");
        assertThat(written.path("kinesis").path("data").asText()).isEqualTo("AAA=");
        assertThat(written.path("kinesis").path("approximateArrivalTimestamp").decimalValue())
                .isEqualByComparingTo("1545084650.087");
        assertThat(written.path("eventID").asText())
                .isEqualTo("shardId-000000000006:49590338271490256608559692538361571095921575989136588898");
        assertThat(written.path("eventSource").asText()).isEqualTo("aws:kinesis");
        assertThat(written.path("eventName").asText()).isEqualTo("aws:kinesis:record");
        assertThat(written.path("awsRegion").asText()).isEqualTo("eu-west-1");
        assertThat(written.path("eventSourceARN").asText()).isEqualTo(SETTINGS.streamArn());
    }
}
