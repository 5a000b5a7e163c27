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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.ExpiredIteratorException;
import software.amazon.awssdk.services.kinesis.model.InvalidArgumentException;
import software.amazon.awssdk.services.kinesis.model.KinesisException;
import software.amazon.awssdk.services.kinesis.model.LimitExceededException;
import software.amazon.awssdk.services.kinesis.model.ListShardsResponse;
import software.amazon.awssdk.services.kinesis.model.ResourceInUseException;
import software.amazon.awssdk.services.kinesis.model.ResourceNotFoundException;
import software.amazon.awssdk.services.kinesis.model.ScalingType;
import software.amazon.awssdk.services.kinesis.model.Shard;
import software.amazon.awssdk.services.kinesis.model.ShardFilterType;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;
import software.amazon.awssdk.services.kinesis.model.StreamDescription;
import software.amazon.awssdk.services.kinesis.model.StreamDescriptionSummary;
import software.amazon.awssdk.services.kinesis.model.StreamMode;
import software.amazon.awssdk.services.kinesis.model.StreamStatus;
import software.amazon.awssdk.services.kinesis.model.ValidationException;

/** Streams, shards and refusals as the AWS SDK for Java sees them. In CBOR and in JSON. */
@ParameterizedClass
@ValueSource(booleans = {true, false})
class SdkStreamsTest {

    private final SdkFixture sdk;
    private final KinesisClient kinesis;

    SdkStreamsTest(boolean cbor) {
        sdk = new SdkFixture(cbor, KinesisLimits.local());
        kinesis = sdk.kinesis;
    }

    @AfterEach
    void close() {
        sdk.close();
    }

    @Test
    void splitAndMergeShowParentsAndSequenceNumberRanges() {
        kinesis.splitShard(r -> r.streamName(S).shardToSplit(SHARD).newStartingHashKey("12345"));
        kinesis.mergeShards(
                r -> r.streamName(S).shardToMerge("shardId-000000000002").adjacentShardToMerge("shardId-000000000001"));
        List<Shard> shards = kinesis.listShards(r -> r.streamName(S)).shards();
        assertThat(shards).hasSize(4);
        Shard merged = shards.getLast();
        assertThat(merged.parentShardId()).isEqualTo("shardId-000000000002");
        assertThat(merged.adjacentParentShardId()).isEqualTo("shardId-000000000001");
        assertThat(merged.hashKeyRange().endingHashKey()).isEqualTo("340282366920938463463374607431768211455");
        assertThat(merged.sequenceNumberRange().endingSequenceNumber()).isNull();
        assertThat(shards.get(1).parentShardId()).isEqualTo(SHARD);
        assertThat(shards.get(1).sequenceNumberRange().endingSequenceNumber())
                .isLessThan(merged.sequenceNumberRange().startingSequenceNumber());
    }

    @Test
    void updateShardCountTellsBeforeAndAfter() {
        assertThat(kinesis.updateShardCount(
                        r -> r.streamName(S).targetShardCount(2).scalingType(ScalingType.UNIFORM_SCALING)))
                .satisfies(response -> {
                    assertThat(response.currentShardCount()).isEqualTo(1);
                    assertThat(response.targetShardCount()).isEqualTo(2);
                    assertThat(response.streamName()).isEqualTo(S);
                });
        assertThat(kinesis.describeStreamSummary(r -> r.streamName(S))
                        .streamDescriptionSummary()
                        .openShardCount())
                .isEqualTo(2);
    }

    @Test
    void listShardsComesInPagesAndKeepsItsFilter() {
        kinesis.createStream(r -> r.streamName("many").shardCount(4));
        kinesis.splitShard(r -> r.streamName("many").shardToSplit(SHARD).newStartingHashKey("12345"));
        ListShardsResponse first = kinesis.listShards(
                r -> r.streamName("many").maxResults(3).shardFilter(f -> f.type(ShardFilterType.AT_LATEST)));
        ListShardsResponse second =
                kinesis.listShards(r -> r.nextToken(first.nextToken()).maxResults(3));
        assertThat(second.nextToken()).isNull();
        assertThat(List.of(ids(first), ids(second)))
                .containsExactly(
                        List.of("shardId-000000000001", "shardId-000000000002", "shardId-000000000003"),
                        List.of("shardId-000000000004", "shardId-000000000005"));
        assertThat(ids(kinesis.listShards(r -> r.streamName("many").exclusiveStartShardId("shardId-000000000004"))))
                .containsExactly("shardId-000000000005");
        assertThat(ids(kinesis.listShards(
                        r -> r.streamName("many").shardFilter(f -> f.type(ShardFilterType.AT_TIMESTAMP)
                                .timestamp(Instant.ofEpochMilli(START_MILLIS))))))
                .containsExactlyElementsOf(ids(kinesis.listShards(
                        r -> r.streamName("many").shardFilter(f -> f.type(ShardFilterType.AT_TRIM_HORIZON)))));
        assertThatThrownBy(() -> kinesis.listShards(r -> r.streamName("many").nextToken(first.nextToken())))
                .isInstanceOf(InvalidArgumentException.class);
    }

    private static List<String> ids(ListShardsResponse response) {
        return response.shards().stream().map(Shard::shardId).toList();
    }

    @Test
    void describeStreamShowsTheStreamAndPagesOfItsShards() {
        kinesis.createStream(r -> r.streamName("many").shardCount(3));
        StreamDescription first =
                kinesis.describeStream(r -> r.streamName("many").limit(2)).streamDescription();
        assertThat(first.streamStatus()).isEqualTo(StreamStatus.ACTIVE);
        assertThat(first.streamARN()).endsWith(":stream/many");
        assertThat(first.streamCreationTimestamp()).isEqualTo(Instant.ofEpochMilli(START_MILLIS));
        assertThat(first.retentionPeriodHours()).isEqualTo(24);
        assertThat(first.shards()).hasSize(2);
        assertThat(first.hasMoreShards()).isTrue();
        StreamDescription rest = kinesis.describeStream(
                        r -> r.streamName("many").exclusiveStartShardId("shardId-000000000001"))
                .streamDescription();
        assertThat(rest.shards()).extracting(Shard::shardId).containsExactly("shardId-000000000002");
        assertThat(rest.hasMoreShards()).isFalse();
    }

    @Test
    void aStreamCanBeNamedByItsArn() {
        StreamDescriptionSummary summary =
                kinesis.describeStreamSummary(r -> r.streamName(S)).streamDescriptionSummary();
        assertThat(summary.openShardCount()).isOne();
        String arn = summary.streamARN();
        kinesis.putRecords(r -> r.streamARN(arn).records(entry("k", new byte[1])));
        String iterator = kinesis.getShardIterator(
                        r -> r.streamARN(arn).shardId(SHARD).shardIteratorType(ShardIteratorType.TRIM_HORIZON))
                .shardIterator();
        assertThat(kinesis.getRecords(r -> r.streamARN(arn).shardIterator(iterator))
                        .records())
                .hasSize(1);
    }

    @Test
    void streamsAreListedInPagesAndDeleted() {
        List.of("c", "a", "b")
                .forEach(name -> kinesis.createStream(
                        r -> r.streamName(name).streamModeDetails(m -> m.streamMode(StreamMode.ON_DEMAND))));
        assertThat(kinesis.listStreams().streamNames()).containsExactly("a", "b", "c", S);
        assertThat(kinesis.listStreams().hasMoreStreams()).isFalse();
        var page = kinesis.listStreams(r -> r.limit(3));
        assertThat(page.hasMoreStreams()).isTrue();
        assertThat(kinesis.listStreams(r -> r.nextToken(page.nextToken())).streamNames())
                .containsExactly(S);
        assertThat(kinesis.listStreams(r -> r.exclusiveStartStreamName("b")).streamNames())
                .containsExactly("c", S);
        kinesis.deleteStream(r -> r.streamName("b"));
        assertThat(kinesis.listStreams().streamNames()).containsExactly("a", "c", S);
    }

    @Test
    void retentionGoesUpAndDown() {
        kinesis.increaseStreamRetentionPeriod(r -> r.streamName(S).retentionPeriodHours(48));
        kinesis.decreaseStreamRetentionPeriod(r -> r.streamName(S).retentionPeriodHours(36));
        assertThat(kinesis.describeStreamSummary(r -> r.streamName(S))
                        .streamDescriptionSummary()
                        .retentionPeriodHours())
                .isEqualTo(36);
    }

    @Test
    void refusalsAreTheTypedExceptionsOfTheSdk() {
        assertThatThrownBy(() -> kinesis.describeStream(r -> r.streamName("none")))
                .isInstanceOf(ResourceNotFoundException.class);
        assertThatThrownBy(() -> kinesis.createStream(r -> r.streamName(S).shardCount(1)))
                .isInstanceOf(ResourceInUseException.class)
                .hasMessageContaining("already exists");
        assertThatThrownBy(() -> kinesis.createStream(r -> r.streamName("t").shardCount(1001)))
                .isInstanceOf(LimitExceededException.class);
        assertThatThrownBy(() -> kinesis.createStream(r -> r.streamName("t"))).isInstanceOf(ValidationException.class);
        assertThatThrownBy(() -> kinesis.splitShard(
                        r -> r.streamName(S).shardToSplit(SHARD).newStartingHashKey("0")))
                .isInstanceOf(InvalidArgumentException.class);
        assertThatThrownBy(() -> kinesis.splitShard(
                        r -> r.streamName(S).shardToSplit(SHARD).newStartingHashKey("0x12")))
                .isInstanceOf(ValidationException.class);
        assertThatThrownBy(() -> kinesis.listShards(r -> {})).isInstanceOf(InvalidArgumentException.class);
        assertThatThrownBy(() -> sdk.at(ShardIteratorType.AT_SEQUENCE_NUMBER, "12"))
                .isInstanceOf(InvalidArgumentException.class);
        assertThatThrownBy(() -> sdk.iterator(ShardIteratorType.AFTER_SEQUENCE_NUMBER))
                .isInstanceOf(InvalidArgumentException.class);
        String iterator = sdk.iterator(ShardIteratorType.LATEST);
        sdk.clock.addAndGet(KinesisLimits.ITERATOR_LIFE_MILLIS + 1);
        assertThatThrownBy(() -> sdk.read(iterator)).isInstanceOf(ExpiredIteratorException.class);
    }

    @Test
    void anUnsupportedOperationIsNamed() {
        assertThatThrownBy(() -> kinesis.describeLimits()).isInstanceOfSatisfying(KinesisException.class, e -> {
            assertThat(e.awsErrorDetails().errorCode()).isEqualTo("UnknownOperationException");
            assertThat(e.awsErrorDetails().errorMessage()).contains("DescribeLimits");
            assertThat(e.statusCode()).isEqualTo(400);
        });
    }
}
