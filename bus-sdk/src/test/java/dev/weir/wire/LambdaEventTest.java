package dev.weir.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.model.Record;
import dev.weir.model.SequenceNumber;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LambdaEventTest {

    private static final String STREAM = "arn:aws:kinesis:us-east-2:123456789012:stream/lambda-stream";
    private static final String ROLE = "arn:aws:iam::123456789012:role/lambda-role";
    private static final String SEQUENCE = "49590338271490256608559692538361571095921575989136588898";

    /** The fields, order and form of the AWS documentation. */
    private static final String EVENT =
            """
            {"Records":[{"kinesis":{"kinesisSchemaVersion":"1.0","partitionKey":"1","sequenceNumber":"%s",\
            "data":"SGVsbG8sIHRoaXMgaXMgYSB0ZXN0Lg==","approximateArrivalTimestamp":1545084650.987},"eventSource":"aws:kinesis",\
            "eventVersion":"1.0","eventID":"shardId-000000000006:%s","eventName":"aws:kinesis:record","invokeIdentityArn":"%s",\
            "awsRegion":"us-east-2","eventSourceARN":"%s"}]}"""
                    .formatted(SEQUENCE, SEQUENCE, ROLE, STREAM);

    private static final byte[] NO_DATA = {};

    private static final Record RECORD = new Record(
            "shardId-000000000006",
            new SequenceNumber(SEQUENCE),
            "1",
            1545084650987L,
            "Hello, this is a test.".getBytes(StandardCharsets.UTF_8));

    @Test
    void readsTheDocumentedEvent() {
        assertThat(read(EVENT)).singleElement().usingRecursiveComparison().isEqualTo(RECORD);
    }

    @Test
    void writesTheDocumentedEvent() {
        assertThat(write(List.of(RECORD))).isEqualTo(EVENT);
    }

    @Test
    void takesFieldsInAnyOrderAndSkipsUnknownOnes() {
        String event =
                """
                {"window":{"start":"x"},"Records":[{"new":[{"kinesis":1}],"eventID":"shardId-000000000001:77","kinesis":{"encryptionType":{"a":[]},
                "approximateArrivalTimestamp":1.607497475E9,"data":"","sequenceNumber":"77","partitionKey":"k\\u00e9"}}],"shardId":null}""";
        assertThat(read(event))
                .singleElement()
                .usingRecursiveComparison()
                .isEqualTo(new Record(
                        "shardId-000000000001", new SequenceNumber("77"), "ké", 1607497475000L, new byte[0]));
    }

    @Test
    void whatIsWrittenComesBack() {
        var random = new Random(8);
        var records = new ArrayList<Record>();
        for (int i = 0; i < 2000; i++) {
            byte[] data = new byte[random.nextInt(300)];
            random.nextBytes(data);
            records.add(new Record(
                    "shardId-00000000000" + i % 4,
                    new SequenceNumber("" + i),
                    "key \"" + i + "é",
                    random.nextLong(1L << 41),
                    data));
        }
        List<Record> read = read(write(records));
        assertThat(read).hasSameSizeAs(records);
        for (int i = 0; i < records.size(); i++) {
            assertThat(read.get(i).data()).isEqualTo(records.get(i).data());
            assertThat(withoutData(read.get(i))).isEqualTo(withoutData(records.get(i)));
        }
        assertThat(read(write(List.of()))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "7",
                "{}",
                "{\"Records\":null}",
                "{\"Records\":{}}",
                "{\"Records\":[1]}",
                "{\"Records\":[{}]}",
                "oops",
                "{\"Records\":[",
                "{\"Records\":[{\"messageId\":\"1\",\"body\":\"x\",\"eventSource\":\"aws:sqs\"}]}",
                "{\"Records\":[{\"kinesis\":{},\"eventID\":\"shardId-0:1\"}]}",
                "{\"Records\":[{\"kinesis\":7,\"eventID\":\"shardId-0:1\"}]}",
                "{\"Records\":[{\"eventID\":{\"kinesis\":{}}}]}",
                "{\"Records\":[{\"kinesis\":{\"sequenceNumber\":7}}]}",
                "{\"Records\":[{\"kinesis\":{\"data\":\"%%%\"}}]}",
                "{\"Records\":[{\"kinesis\":{\"approximateArrivalTimestamp\":\"now\"}}]}",
                "{\"Records\":[{\"kinesis\":{\"data\":\"\",\"sequenceNumber\":\"7\",\"partitionKey\":\"k\",\"approximateArrivalTimestamp\":1},\"eventID\":\"7\"}]}",
                "{\"Records\":[{\"kinesis\":{\"data\":\"\",\"sequenceNumber\":\"7\",\"partitionKey\":\"k\",\"approximateArrivalTimestamp\":1}}]}"
            })
    void saysClearlyWhenItIsNoEventFromKinesis(String event) {
        assertThatThrownBy(() -> read(event))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("not an event from Kinesis: ");
    }

    @Test
    void aStreamThatFailsIsNotABadEvent() throws IOException {
        InputStream broken = InputStream.nullInputStream();
        broken.close(); // reads throw from now on
        assertThatThrownBy(() -> LambdaEvent.read(broken)).isInstanceOf(UncheckedIOException.class);
    }

    @Test
    void leavesStreamsOpen() {
        var closed = new ArrayList<String>();
        LambdaEvent.read(new ByteArrayInputStream(EVENT.getBytes(StandardCharsets.UTF_8)) {
            @Override
            public void close() {
                closed.add("in");
            }
        });
        OutputStream out = new ByteArrayOutputStream() {
            @Override
            public void close() {
                closed.add("out");
            }
        };
        LambdaEvent.write(out, STREAM, ROLE, List.of(RECORD));
        assertThat(closed).isEmpty();
        assertThat(out.toString()).isEqualTo(EVENT);
    }

    @Test
    void refusesAnArnThatIsNoStream() {
        assertThatThrownBy(() -> LambdaEvent.write(new ByteArrayOutputStream(), "orders", ROLE, List.of()))
                .hasMessageContaining("streamArn=orders");
    }

    @Test
    void answersWithTheFirstFailedRecordOrNone() {
        assertThat(answer(BatchAnswer.from(new SequenceNumber(SEQUENCE))))
                .isEqualTo("{\"batchItemFailures\":[{\"itemIdentifier\":\"" + SEQUENCE + "\"}]}");
        assertThat(answer(BatchAnswer.DONE)).isEqualTo("{\"batchItemFailures\":[]}");
    }

    private static Record withoutData(Record record) {
        return new Record(
                record.shardId(), record.sequenceNumber(), record.partitionKey(), record.arrivalMillis(), NO_DATA);
    }

    private static String answer(BatchAnswer answer) {
        var out = new ByteArrayOutputStream();
        answer.writeTo(out);
        return out.toString(StandardCharsets.UTF_8);
    }

    private static List<Record> read(String event) {
        return LambdaEvent.read(new ByteArrayInputStream(event.getBytes(StandardCharsets.UTF_8)));
    }

    private static String write(List<Record> records) {
        var out = new ByteArrayOutputStream();
        LambdaEvent.write(out, STREAM, ROLE, records);
        return out.toString(StandardCharsets.UTF_8);
    }
}
