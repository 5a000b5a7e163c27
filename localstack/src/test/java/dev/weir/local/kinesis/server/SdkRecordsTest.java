package dev.weir.local.kinesis.server;

import static dev.weir.local.kinesis.server.SdkFixture.S;
import static dev.weir.local.kinesis.server.SdkFixture.SHARD;
import static dev.weir.local.kinesis.server.SdkFixture.START_MILLIS;
import static dev.weir.local.kinesis.server.SdkFixture.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.local.kinesis.KinesisLimits;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.GetRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.ProvisionedThroughputExceededException;
import software.amazon.awssdk.services.kinesis.model.PutRecordResponse;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;
import software.amazon.awssdk.services.kinesis.model.PutRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.PutRecordsResultEntry;
import software.amazon.awssdk.services.kinesis.model.Record;
import software.amazon.awssdk.services.kinesis.model.ScalingType;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;
import software.amazon.awssdk.services.kinesis.model.ValidationException;

/** Records as the AWS SDK for Java sees them. In CBOR and in JSON. */
@ParameterizedClass
@ValueSource(booleans = {true, false})
class SdkRecordsTest {

    private final boolean cbor;
    private final SdkFixture sdk;
    private final KinesisClient kinesis;

    SdkRecordsTest(boolean cbor) {
        this.cbor = cbor;
        sdk = new SdkFixture(cbor, KinesisLimits.local());
        kinesis = sdk.kinesis;
    }

    @AfterEach
    void close() {
        sdk.close();
    }

    @Test
    void aRecordComesBackAsItWasPut() {
        byte[] data = new byte[256];
        IntStream.range(0, data.length).forEach(i -> data[i] = (byte) i);
        PutRecordResponse put = kinesis.putRecord(
                r -> r.streamName(S).partitionKey("schlüssel 鍵").data(SdkBytes.fromByteArray(data)));
        assertThat(put.shardId()).isEqualTo(SHARD);

        GetRecordsResponse got = kinesis.getRecords(r -> r.shardIterator(sdk.iterator(ShardIteratorType.TRIM_HORIZON)));
        assertThat(got.records())
                .containsExactly(Record.builder()
                        .sequenceNumber(put.sequenceNumber())
                        .approximateArrivalTimestamp(Instant.ofEpochMilli(START_MILLIS))
                        .data(SdkBytes.fromByteArray(data))
                        .partitionKey("schlüssel 鍵")
                        .build());
        assertThat(got.millisBehindLatest()).isZero();
        assertThat(sdk.read(got.nextShardIterator())).isEmpty();
    }

    @Test
    void aBatchIsRoutedByKeyAndByHash() {
        kinesis.updateShardCount(r -> r.streamName(S).targetShardCount(2).scalingType(ScalingType.UNIFORM_SCALING));
        PutRecordsResponse put = kinesis.putRecords(r -> r.streamName(S)
                .records(
                        entry("a", new byte[] {1}),
                        entry("b", new byte[0]),
                        entry("a", new byte[] {3}).toBuilder()
                                .explicitHashKey("340282366920938463463374607431768211455")
                                .build()));
        assertThat(put.failedRecordCount()).isZero();
        assertThat(put.records())
                .extracting(PutRecordsResultEntry::shardId)
                .containsExactly("shardId-000000000001", "shardId-000000000002", "shardId-000000000002");
        assertThat(put.records())
                .extracting(PutRecordsResultEntry::sequenceNumber)
                .isSorted()
                .doesNotHaveDuplicates();
    }

    @Test
    void aFullShardRefusesSingleRecordsOfABatch() {
        try (var throttled = new SdkFixture(cbor, KinesisLimits.throttled())) {
            byte[] large = new byte[600 * 1024];
            PutRecordsResponse put = throttled.kinesis.putRecords(
                    r -> r.streamName(S).records(entry("k", large), entry("k", large), entry("k", new byte[1])));
            assertThat(put.failedRecordCount()).isOne();
            assertThat(put.records().get(1).errorCode()).isEqualTo("ProvisionedThroughputExceededException");
            assertThat(put.records().get(1).errorMessage()).contains(SHARD);
            assertThat(put.records().get(1).sequenceNumber()).isNull();
            assertThat(put.records().get(2).errorCode()).isNull();
            assertThatThrownBy(() -> throttled.kinesis.putRecord(
                            r -> r.streamName(S).partitionKey("k").data(SdkBytes.fromByteArray(large))))
                    .isInstanceOf(ProvisionedThroughputExceededException.class);
        }
    }

    @Test
    void everyIteratorTypeIsUnderstood() {
        String zero = sdk.put("0").sequenceNumber();
        sdk.clock.addAndGet(1500);
        sdk.put("1");
        assertThat(sdk.read(sdk.iterator(ShardIteratorType.TRIM_HORIZON))).containsExactly("0", "1");
        assertThat(sdk.read(sdk.iterator(ShardIteratorType.LATEST))).isEmpty();
        assertThat(sdk.read(sdk.at(ShardIteratorType.AT_SEQUENCE_NUMBER, zero))).containsExactly("0", "1");
        assertThat(sdk.read(sdk.at(ShardIteratorType.AFTER_SEQUENCE_NUMBER, zero)))
                .containsExactly("1");
        assertThat(sdk.read(sdk.at(START_MILLIS))).containsExactly("0", "1");
        assertThat(sdk.read(sdk.at(START_MILLIS + 1))).containsExactly("1");
        assertThat(sdk.read(sdk.at(START_MILLIS + 1500))).containsExactly("1");
    }

    @Test
    void aClosedShardEndsWithItsChildren() {
        sdk.put("0");
        kinesis.splitShard(r -> r.streamName(S).shardToSplit(SHARD).newStartingHashKey("12345"));
        GetRecordsResponse end = kinesis.getRecords(r -> r.shardIterator(sdk.iterator(ShardIteratorType.TRIM_HORIZON)));
        assertThat(end.nextShardIterator()).isNull();
        assertThat(end.childShards()).hasSize(2);
        assertThat(end.childShards().getLast().shardId()).isEqualTo("shardId-000000000002");
        assertThat(end.childShards().getLast().parentShards()).containsExactly(SHARD);
        assertThat(end.childShards().getLast().hashKeyRange().startingHashKey()).isEqualTo("12345");
    }

    @Test
    void tooMuchIsRefused() {
        List<PutRecordsRequestEntry> tooMany =
                IntStream.range(0, 501).mapToObj(i -> entry("k", new byte[0])).toList();
        assertThatThrownBy(() -> kinesis.putRecords(r -> r.streamName(S).records(tooMany)))
                .isInstanceOf(ValidationException.class);
        List<PutRecordsRequestEntry> full = IntStream.range(0, 10)
                .mapToObj(i -> entry("k", new byte[KinesisLimits.RECORD_BYTES_MAX - 1]))
                .toList();
        assertThat(kinesis.putRecords(r -> r.streamName(S).records(full)).failedRecordCount())
                .isZero();
        assertThat(kinesis.getRecords(r -> r.shardIterator(sdk.iterator(ShardIteratorType.TRIM_HORIZON)))
                        .records())
                .hasSize(10);
    }
}
