package dev.weir.local.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.aws.SystemTime;
import dev.weir.local.kinesis.KinesisLimits;
import dev.weir.local.kinesis.KinesisModel;
import dev.weir.local.kinesis.PutRequest;
import dev.weir.local.kinesis.server.KinesisServer;
import dev.weir.local.mapping.ShardSource.Read;
import dev.weir.model.Record;
import dev.weir.port.Shard;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.kinesis.KinesisClient;

/** The SDK adapter against a Kinesis endpoint over HTTP. */
@Timeout(60)
class KinesisClientShardsTest {
    private static final String FIRST = "shardId-000000000000";

    private final KinesisModel model = new KinesisModel(System::currentTimeMillis, KinesisLimits.local());
    private final KinesisServer server = KinesisServer.start(model, 0);
    private final KinesisClient client = KinesisClient.builder()
            .endpointOverride(server.endpoint())
            .region(Region.US_EAST_1)
            .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")))
            .httpClientBuilder(UrlConnectionHttpClient.builder())
            .build();
    private final ShardSource source = new KinesisClientShards(client, "s", Duration.ofMillis(1), new SystemTime());

    @AfterEach
    void close() {
        client.close();
        server.close();
        model.close();
    }

    private void put(int from, int count) {
        for (int i = from; i < from + count; i++) {
            model.put("s", new PutRequest("key", null, Integer.toString(i).getBytes(StandardCharsets.UTF_8)));
        }
    }

    private static List<String> texts(Read read) {
        return read.records().stream()
                .map(Record::data)
                .map(data -> new String(data, StandardCharsets.UTF_8))
                .toList();
    }

    @Test
    void readsOnFromEachPosition() {
        model.createStream("s", 1);
        put(0, 5);

        Read first = source.read(FIRST, Position.TRIM_HORIZON, 2, 1000);
        assertThat(texts(first)).containsExactly("0", "1");
        assertThat(texts(source.read(FIRST, first.next(), 10, 1000))).containsExactly("2", "3", "4");
        assertThat(texts(source.read(FIRST, first.next(), 1, 1000)))
                .as("not where its iterator stands")
                .containsExactly("2");
        assertThat(texts(source.read(FIRST, new Position.AtTimestamp(0), 1, 1000)))
                .containsExactly("0");
    }

    @Test
    void theLatestRecordIsFixedByTheFirstRead() {
        model.createStream("s", 1);
        put(0, 5);

        Read latest = source.read(FIRST, Position.LATEST, 10, 1000);
        put(5, 2);
        assertThat(latest.records()).isEmpty();
        assertThat(latest.next()).isInstanceOf(Position.AtTimestamp.class);
        assertThat(texts(source.read(FIRST, latest.next(), 10, 1000))).containsExactly("5", "6");
    }

    @Test
    void tellsTheEndOfAClosedShardAndItsChildren() {
        model.createStream("s", 1);
        put(0, 1);
        model.splitShard("s", FIRST, BigInteger.ONE.shiftLeft(127));

        Read read = source.read(FIRST, Position.TRIM_HORIZON, 10, 1000);
        assertThat(texts(read)).containsExactly("0");
        assertThat(read.atEnd() || source.read(FIRST, read.next(), 10, 1000).atEnd())
                .isTrue();
        assertThat(source.shards()).hasSize(3).filteredOn(Shard::open).allSatisfy(child -> assertThat(child.parents())
                .containsExactly(FIRST));
    }
}
