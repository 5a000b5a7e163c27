package dev.weir.aws;

import static dev.weir.aws.AwsStub.Answer.error;
import static dev.weir.aws.AwsStub.Answer.lost;
import static dev.weir.aws.AwsStub.Answer.ok;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.weir.memory.ManualTime;
import dev.weir.port.PutOutcome;
import dev.weir.port.Shard;
import dev.weir.port.StoreUnavailableException;
import dev.weir.port.StreamRecord;
import java.io.IOException;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.kinesis.KinesisClient;

/** What the answers of Kinesis, and their absence, become. */
class KinesisStreamsTest {
    private static final List<StreamRecord> TWO =
            List.of(new StreamRecord("a", null, new byte[] {1}), new StreamRecord("b", "7", new byte[] {2}));

    private final ManualTime time = new ManualTime(0);
    private AwsStub stub;
    private KinesisClient client;
    private KinesisStreams streams;

    @BeforeEach
    void connect() throws IOException {
        stub = new AwsStub();
        client = stub.clients().kinesis();
        streams = new KinesisStreams(client, time);
    }

    @AfterEach
    void disconnect() {
        client.close();
        stub.close();
    }

    @Test
    void eachRecordOfAPutHasItsOwnOutcome() {
        stub.answer(ok(Cbor.of(Map.of(
                "FailedRecordCount",
                1,
                "Records",
                List.of(
                        Map.of("ErrorCode", "ProvisionedThroughputExceededException", "ErrorMessage", "slow down"),
                        Map.of("ShardId", "shardId-000000000001", "SequenceNumber", "42"))))));

        assertThat(streams.put("s", TWO))
                .containsExactly(
                        new PutOutcome.Refused("ProvisionedThroughputExceededException"),
                        new PutOutcome.Accepted("shardId-000000000001", "42"));
        assertThat(stub.requests()).hasSize(1);
    }

    static Stream<Arguments> failures() {
        return Stream.of(
                arguments(error(400, "ProvisionedThroughputExceededException"), PutOutcome.Refused.class),
                arguments(error(400, "ThrottlingException"), PutOutcome.Refused.class),
                arguments(error(400, "LimitExceededException"), PutOutcome.Refused.class),
                arguments(error(400, "KMSThrottlingException"), PutOutcome.Refused.class),
                arguments(error(500, "InternalFailure"), PutOutcome.Unknown.class),
                arguments(error(503, "ServiceUnavailable"), PutOutcome.Unknown.class),
                arguments(lost(), PutOutcome.Unknown.class));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void aFailedPutGivesEveryRecordTheSameOutcomeAndIsSentOnce(AwsStub.Answer answer, Class<?> expected) {
        stub.answer(answer);

        assertThat(streams.put("s", TWO)).hasSize(2).hasOnlyElementsOfType(expected);

        assertThat(stub.requests()).hasSize(1);
    }

    @Test
    void aPutThatIsWrongOrForbiddenThrows() {
        stub.answer(
                error(400, "InvalidArgumentException"),
                error(400, "ResourceNotFoundException"),
                error(400, "KMSDisabledException"));

        assertThatIllegalArgumentException().isThrownBy(() -> streams.put("s", TWO));
        assertThatIllegalArgumentException().isThrownBy(() -> streams.put("s", TWO));
        assertThatExceptionOfType(StoreUnavailableException.class).isThrownBy(() -> streams.put("s", TWO));
    }

    @Test
    void shardsArePagedRepeatedAndSorted() {
        stub.answer(
                error(400, "LimitExceededException"),
                ok(Cbor.of(Map.of(
                        "NextToken",
                        "more",
                        "Shards",
                        List.of(Map.of(
                                "ShardId", "shardId-000000000002",
                                "ParentShardId", "shardId-000000000000",
                                "AdjacentParentShardId", "shardId-000000000001",
                                "HashKeyRange", Map.of("StartingHashKey", "0", "EndingHashKey", "99"),
                                "SequenceNumberRange", Map.of("StartingSequenceNumber", "5")))))),
                ok(Cbor.of(Map.of(
                        "Shards",
                        List.of(Map.of(
                                "ShardId", "shardId-000000000001",
                                "HashKeyRange", Map.of("StartingHashKey", "50", "EndingHashKey", "99"),
                                "SequenceNumberRange",
                                        Map.of("StartingSequenceNumber", "1", "EndingSequenceNumber", "4")))))));

        assertThat(streams.shards("s"))
                .containsExactly(
                        new Shard(
                                "shardId-000000000001",
                                List.of(),
                                BigInteger.valueOf(50),
                                BigInteger.valueOf(99),
                                false),
                        new Shard(
                                "shardId-000000000002",
                                List.of("shardId-000000000000", "shardId-000000000001"),
                                BigInteger.ZERO,
                                BigInteger.valueOf(99),
                                true));

        assertThat(stub.requests()).hasSize(3);
        assertThat(stub.requests().get(2)).contains("more").doesNotContain("StreamName");
    }
}
