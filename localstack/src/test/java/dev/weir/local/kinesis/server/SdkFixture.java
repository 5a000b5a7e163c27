package dev.weir.local.kinesis.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.local.kinesis.KinesisLimits;
import dev.weir.local.kinesis.KinesisModel;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkSystemSetting;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.PutRecordResponse;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;

/** A server with one stream of one shard, and an AWS SDK client that speaks one encoding to it. Dummy credentials, no retries. */
final class SdkFixture implements AutoCloseable {

    static final long START_MILLIS = 1_795_194_307_123L;
    static final String S = "s";
    static final String SHARD = "shardId-000000000000";

    final AtomicLong clock = new AtomicLong(START_MILLIS);
    final KinesisClient kinesis;
    private final KinesisServer server;

    /** CBOR is what the SDK speaks unless the system property says otherwise, so the property is set until the fixture is closed. */
    SdkFixture(boolean cbor, KinesisLimits limits) {
        System.setProperty(SdkSystemSetting.CBOR_ENABLED.property(), Boolean.toString(cbor));
        var contentType = new ContentTypeCheck(cbor ? "application/x-amz-cbor-1.1" : "application/x-amz-json-1.1");
        server = KinesisServer.start(new KinesisModel(clock::get, limits), 0);
        kinesis = KinesisClient.builder()
                .endpointOverride(server.endpoint())
                .region(Region.EU_WEST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("any", "any")))
                .httpClient(UrlConnectionHttpClient.create())
                .overrideConfiguration(
                        o -> o.addExecutionInterceptor(contentType).retryStrategy(b -> b.maxAttempts(1)))
                .build();
        kinesis.createStream(r -> r.streamName(S).shardCount(1));
    }

    @Override
    public void close() {
        kinesis.close();
        server.close();
        System.clearProperty(SdkSystemSetting.CBOR_ENABLED.property());
    }

    /** Keeps a test of one encoding from passing in the other. */
    private record ContentTypeCheck(String expected) implements ExecutionInterceptor {
        @Override
        public void beforeTransmission(Context.BeforeTransmission context, ExecutionAttributes attributes) {
            assertThat(context.httpRequest().firstMatchingHeader("Content-Type"))
                    .contains(expected);
        }

        @Override
        public void afterTransmission(Context.AfterTransmission context, ExecutionAttributes attributes) {
            assertThat(context.httpResponse().firstMatchingHeader("Content-Type"))
                    .contains(expected);
        }
    }

    PutRecordResponse put(String text) {
        return kinesis.putRecord(r -> r.streamName(S).partitionKey("k").data(SdkBytes.fromUtf8String(text)));
    }

    static PutRecordsRequestEntry entry(String key, byte[] data) {
        return PutRecordsRequestEntry.builder()
                .partitionKey(key)
                .data(SdkBytes.fromByteArray(data))
                .build();
    }

    String iterator(ShardIteratorType type) {
        return kinesis.getShardIterator(r -> r.streamName(S).shardId(SHARD).shardIteratorType(type))
                .shardIterator();
    }

    List<String> read(String iterator) {
        return kinesis.getRecords(r -> r.shardIterator(iterator)).records().stream()
                .map(record -> record.data().asUtf8String())
                .toList();
    }

    String at(ShardIteratorType type, String number) {
        return kinesis.getShardIterator(r ->
                        r.streamName(S).shardId(SHARD).shardIteratorType(type).startingSequenceNumber(number))
                .shardIterator();
    }

    String at(long epochMillis) {
        return kinesis.getShardIterator(r -> r.streamName(S)
                        .shardId(SHARD)
                        .shardIteratorType(ShardIteratorType.AT_TIMESTAMP)
                        .timestamp(Instant.ofEpochMilli(epochMillis)))
                .shardIterator();
    }
}
