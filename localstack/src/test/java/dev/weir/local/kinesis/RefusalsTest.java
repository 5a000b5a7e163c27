package dev.weir.local.kinesis;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.aws.Clients;
import dev.weir.local.kinesis.server.KinesisServer;
import java.math.BigInteger;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.InvalidArgumentException;
import software.amazon.awssdk.services.kinesis.model.ScalingType;
import software.amazon.awssdk.services.kinesis.model.ShardFilterType;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;
import software.amazon.awssdk.services.kinesis.model.ValidationException;

/** Refusals that our Kinesis once got wrong, and another Kinesis showed. */
class RefusalsTest {
    private static final String STREAM = "s";
    private static final String UPPER = "shardId-000000000001";
    private static final String MALFORMED = "shard 1";
    private static final BigInteger MIDDLE = BigInteger.ONE.shiftLeft(127);

    private final KinesisServer server =
            KinesisServer.start(new KinesisModel(System::currentTimeMillis, KinesisLimits.local()), 0);
    private final KinesisClient kinesis = new Clients("us-east-1", server.endpoint(), Map.of()).kinesis();

    RefusalsTest() {
        kinesis.createStream(to -> to.streamName(STREAM).shardCount(2));
    }

    @AfterEach
    void close() {
        kinesis.close();
        server.close();
    }

    @Test
    void aNumberOfARecordInASiblingIsNoPosition() {
        String lower = put(BigInteger.ZERO);
        String upper = put(MIDDLE);
        put(BigInteger.ZERO);

        for (ShardIteratorType type :
                new ShardIteratorType[] {ShardIteratorType.AT_SEQUENCE_NUMBER, ShardIteratorType.AFTER_SEQUENCE_NUMBER
                }) {
            assertRefused(InvalidArgumentException.class, () -> iterate(type, lower));
            iterate(type, upper);
        }
    }

    @Test
    void aNumberThatIsNoNumberBreaksItsPattern() {
        assertRefused(ValidationException.class, () -> iterate(ShardIteratorType.AT_SEQUENCE_NUMBER, "latest"));
        assertRefused(ValidationException.class, () -> iterate(ShardIteratorType.AFTER_SEQUENCE_NUMBER, ""));
        assertRefused(InvalidArgumentException.class, () -> iterate(ShardIteratorType.AT_SEQUENCE_NUMBER, "0"));
    }

    @Test
    void aShardIdThatIsNoneBreaksItsPattern() {
        assertRefused(
                ValidationException.class,
                () -> kinesis.splitShard(
                        to -> to.streamName(STREAM).shardToSplit(MALFORMED).newStartingHashKey("10")));
        assertRefused(
                ValidationException.class,
                () -> kinesis.mergeShards(
                        to -> to.streamName(STREAM).shardToMerge(UPPER).adjacentShardToMerge(MALFORMED)));
        assertRefused(
                ValidationException.class,
                () -> kinesis.mergeShards(
                        to -> to.streamName(STREAM).shardToMerge(MALFORMED).adjacentShardToMerge(UPPER)));
        assertRefused(
                ValidationException.class,
                () -> kinesis.getShardIterator(
                        of -> of.streamName(STREAM).shardId(MALFORMED).shardIteratorType(ShardIteratorType.LATEST)));
        assertRefused(
                ValidationException.class,
                () -> kinesis.listShards(
                        of -> of.streamName(STREAM).shardFilter(only -> only.type(ShardFilterType.AFTER_SHARD_ID)
                                .shardId(MALFORMED))));
    }

    @Test
    void aStreamIsNotScaledToNoShard() {
        assertRefused(
                ValidationException.class,
                () -> kinesis.updateShardCount(
                        to -> to.streamName(STREAM).targetShardCount(0).scalingType(ScalingType.UNIFORM_SCALING)));
    }

    @Test
    void aFilterByTimeNeedsOne() {
        for (ShardFilterType type :
                new ShardFilterType[] {ShardFilterType.AT_TIMESTAMP, ShardFilterType.FROM_TIMESTAMP}) {
            assertRefused(
                    InvalidArgumentException.class,
                    () -> kinesis.listShards(of -> of.streamName(STREAM).shardFilter(only -> only.type(type))));
        }
    }

    private String put(BigInteger hash) {
        return kinesis.putRecord(to -> to.streamName(STREAM)
                        .partitionKey("k")
                        .explicitHashKey(hash.toString())
                        .data(SdkBytes.fromUtf8String("x")))
                .sequenceNumber();
    }

    private void iterate(ShardIteratorType type, String number) {
        kinesis.getShardIterator(of ->
                of.streamName(STREAM).shardId(UPPER).shardIteratorType(type).startingSequenceNumber(number));
    }

    private static void assertRefused(Class<? extends Exception> as, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOf(as);
    }
}
