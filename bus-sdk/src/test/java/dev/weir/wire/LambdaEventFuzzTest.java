package dev.weir.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.fuzz.Fuzz;
import dev.weir.fuzz.FuzzTests;
import dev.weir.model.Record;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.util.List;

/** Any bytes as the event with which Lambda calls a function. */
class LambdaEventFuzzTest implements FuzzTests {

    private static final String ARN = "arn:aws:kinesis:eu-west-1:1:stream/s";

    @Fuzz
    void isReadAsItWouldBeWrittenOrRefused(byte[] input) {
        List<Record> records;
        try {
            records = LambdaEvent.read(new ByteArrayInputStream(input));
        } catch (IllegalArgumentException e) {
            assertThat(e).hasMessageStartingWith("not an event from Kinesis: ");
            return;
        }
        for (Record record : records) {
            assertThat(record.sequenceNumber().digits()).matches("0|[1-9][0-9]{0,127}");
            assertThat(Math.abs(record.arrivalMillis())).isLessThan(1_000_000_000_000_000_000L);
        }
        var written = new ByteArrayOutputStream();
        LambdaEvent.write(written, ARN, "role", records);
        List<Record> again = LambdaEvent.read(new ByteArrayInputStream(written.toByteArray()));
        assertThat(again).hasSameSizeAs(records);
        for (int i = 0; i < records.size(); i++) {
            assertThat(again.get(i).data()).isEqualTo(records.get(i).data());
            assertThat(withoutData(again.get(i))).isEqualTo(withoutData(records.get(i)));
        }
    }

    private static List<Object> withoutData(Record record) {
        return List.of(record.shardId(), record.sequenceNumber(), record.partitionKey(), record.arrivalMillis());
    }
}
