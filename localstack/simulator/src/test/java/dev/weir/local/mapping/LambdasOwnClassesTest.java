package dev.weir.local.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.KinesisEvent;
import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse;
import com.amazonaws.services.lambda.runtime.serialization.events.LambdaEventSerializers;
import dev.weir.model.Record;
import dev.weir.model.SequenceNumber;
import dev.weir.wire.BatchAnswer;
import dev.weir.wire.LambdaEvent;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Our events and answers are what Lambda's own event classes take them for. */
class LambdasOwnClassesTest {
    private static final String STREAM = "arn:aws:kinesis:eu-central-1:123456789012:stream/transfers";
    private static final String FUNCTION = "arn:aws:lambda:eu-central-1:123456789012:function:ledger";
    private static final List<Record> RECORDS =
            List.of(record("17", "alice", "{\"n\":1}"), record("18", "büb", "ÿ\u0000"));

    @Test
    void theMappingsEventReadsAsAKinesisEvent() {
        byte[] json = new EventJson(MappingSettings.of(STREAM, FUNCTION)).write(RECORDS);

        isTheKinesisEvent(json);
    }

    @Test
    void theWireFormatsEventReadsAsAKinesisEvent() {
        var json = new ByteArrayOutputStream();
        LambdaEvent.write(json, STREAM, "arn:aws:iam::123456789012:role/any", RECORDS);

        isTheKinesisEvent(json.toByteArray());
    }

    @Test
    void theAnswerReadsAsAStreamsEventResponse() {
        var json = new ByteArrayOutputStream();
        BatchAnswer.from(new SequenceNumber("18")).writeTo(json);

        StreamsEventResponse answer = LambdaEventSerializers.serializerFor(
                        StreamsEventResponse.class, getClass().getClassLoader())
                .fromJson(new ByteArrayInputStream(json.toByteArray()));

        assertThat(answer.getBatchItemFailures())
                .singleElement()
                .satisfies(failure -> assertThat(failure.getItemIdentifier()).isEqualTo("18"));
    }

    private void isTheKinesisEvent(byte[] json) {
        KinesisEvent event = LambdaEventSerializers.serializerFor(
                        KinesisEvent.class, getClass().getClassLoader())
                .fromJson(new ByteArrayInputStream(json));

        assertThat(event.getRecords()).hasSize(RECORDS.size());
        for (int i = 0; i < RECORDS.size(); i++) {
            KinesisEvent.KinesisEventRecord read = event.getRecords().get(i);
            Record written = RECORDS.get(i);
            assertThat(read.getEventSourceARN()).isEqualTo(STREAM);
            assertThat(read.getEventID()).isEqualTo("shardId-000000000003:" + written.sequenceNumber());
            assertThat(read.getKinesis().getSequenceNumber())
                    .isEqualTo(written.sequenceNumber().digits());
            assertThat(read.getKinesis().getPartitionKey()).isEqualTo(written.partitionKey());
            assertThat(read.getKinesis().getData().array()).isEqualTo(written.data());
            assertThat(read.getKinesis().getApproximateArrivalTimestamp().toInstant())
                    .isEqualTo(Instant.ofEpochMilli(written.arrivalMillis()));
        }
    }

    private static Record record(String number, String key, String data) {
        return new Record(
                "shardId-000000000003",
                new SequenceNumber(number),
                key,
                1_795_178_701_640L,
                data.getBytes(StandardCharsets.UTF_8));
    }
}
