package dev.weir.local.kinesis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.weir.local.kinesis.server.KinesisServer;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.kinesis.KinesisClient;

/**
 * Our Kinesis against one that others wrote, call by call, on random programs. {@code -Dweir.programs=N} and {@code -Dweir.seed=S} run
 * others, or more.
 */
@Timeout(3600)
class KinesisModelAgainstKinesisLocalTest {
    private static final int PROGRAMS = 15;
    private static final long SEED = 1;
    private static final Duration ANSWER_TIMEOUT = Duration.ofMinutes(1);

    private static KinesisLocalServer theirs;
    private static KinesisServer ours;
    private static KinesisClient toTheirs;
    private static KinesisClient toOurs;

    @BeforeAll
    static void start() throws Exception {
        Optional<String> missing = KinesisLocalServer.install(KinesisLocalServer.folder());
        assumeTrue(missing.isEmpty(), () -> missing.orElse(""));
        KinesisLimits limits =
                new KinesisLimits(false, KinesisLimits.local().heldBytesMax(), StreamPrograms.OPEN_SHARDS_MAX);
        ours = KinesisServer.start(new KinesisModel(System::currentTimeMillis, limits), 0);
        toOurs = client(ours.endpoint());
        // It counts the shard of the stream that it starts with.
        theirs = KinesisLocalServer.start(KinesisLocalServer.folder(), StreamPrograms.OPEN_SHARDS_MAX + 1);
        toTheirs = client(theirs.endpoint());
    }

    @AfterAll
    static void stop() {
        for (AutoCloseable each : new AutoCloseable[] {toOurs, toTheirs, ours, theirs}) {
            close(each);
        }
    }

    /** Waits longer than those of production: on a busy machine kinesis-local may take seconds for a large record. */
    static KinesisClient client(URI endpoint) {
        return KinesisClient.builder()
                .region(Region.US_EAST_1)
                .endpointOverride(endpoint)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")))
                .httpClientBuilder(UrlConnectionHttpClient.builder().socketTimeout(ANSWER_TIMEOUT))
                .overrideConfiguration(all -> all.retryStrategy(AwsRetryStrategy.doNotRetry()))
                .build();
    }

    private static void close(AutoCloseable started) {
        try {
            if (started != null) {
                started.close();
            }
        } catch (Exception e) {
            throw new IllegalStateException("cannot be closed: " + started, e);
        }
    }

    @Test
    void bothAnswerAlike() {
        StreamComparison comparison = new StreamComparison(toOurs, toTheirs);

        int ran = new Programs<>(StreamPrograms::draw, comparison::compare).run(PROGRAMS, SEED);

        System.out.println("programs=" + ran + " " + comparison.tally());
        if (ran >= PROGRAMS) {
            assertThat(comparison.tally())
                    .as("programs in which too little happens compare nothing")
                    .containsKeys(
                            "Create answered",
                            "Put answered",
                            "Put ValidationException",
                            "PutAll answered",
                            "Split answered",
                            "Split InvalidArgumentException",
                            "Merge answered",
                            "Merge InvalidArgumentException",
                            "Iterate answered",
                            "Iterate InvalidArgumentException",
                            "Read answered",
                            "Drain answered",
                            "ListShards answered");
        }
    }
}
