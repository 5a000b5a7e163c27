package dev.weir.local.kinesis.server;

import static dev.weir.local.kinesis.server.SdkFixture.S;
import static dev.weir.local.kinesis.server.SdkFixture.SHARD;
import static dev.weir.local.kinesis.server.SdkFixture.START_MILLIS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.aws.KinesisRecords;
import dev.weir.local.kinesis.KinesisLimits;
import dev.weir.memory.ManualTime;
import dev.weir.model.SequenceNumber;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;

/** Single records are found again, by their numbers, as long as the stream has them. */
class RecordLookupTest {
    private final SdkFixture sdk = new SdkFixture(true, KinesisLimits.local());
    private final KinesisRecords records = new KinesisRecords(sdk.kinesis, new ManualTime(START_MILLIS));

    @AfterEach
    void close() {
        sdk.close();
    }

    private SequenceNumber put(int data) {
        return new SequenceNumber(sdk.kinesis
                .putRecord(
                        r -> r.streamName(S).partitionKey("k").data(SdkBytes.fromByteArray(new byte[] {(byte) data})))
                .sequenceNumber());
    }

    @Test
    void eachRecordIsFoundByItsNumber() {
        for (int i = 1; i <= 3; i++) {
            SequenceNumber number = put(i);
            byte[] data = {(byte) i};
            put(9);
            assertThat(records.find(S, SHARD, number)).hasValueSatisfying(record -> {
                assertThat(record.sequenceNumber()).isEqualTo(number);
                assertThat(record.data()).isEqualTo(data);
                assertThat(record.partitionKey()).isEqualTo("k");
                assertThat(record.arrivalMillis()).isEqualTo(START_MILLIS);
            });
        }
    }

    @Test
    void whatIsNotThereIsNotFound() {
        SequenceNumber number = put(1);
        SequenceNumber other =
                new SequenceNumber(number.digits().substring(0, number.digits().length() - 1)
                        + (number.digits().endsWith("9") ? 1 : 9));
        assertThat(records.find(S, SHARD, other)).isEmpty();
        assertThat(records.find(S, "shardId-000000000017", number)).isEmpty();
        assertThat(records.find("other", SHARD, number)).isEmpty();
    }

    @Test
    void whatTheStreamHasForgottenIsNotFound() {
        SequenceNumber number = put(1);
        sdk.clock.addAndGet(Duration.ofDays(400).toMillis());
        put(2);
        assertThat(records.find(S, SHARD, number)).isEmpty();
    }
}
