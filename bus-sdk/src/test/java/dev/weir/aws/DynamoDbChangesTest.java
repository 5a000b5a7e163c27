package dev.weir.aws;

import static dev.weir.aws.AwsStub.Answer.error;
import static dev.weir.aws.AwsStub.Answer.ok;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.weir.memory.ManualTime;
import dev.weir.port.StoreUnavailableException;
import dev.weir.port.Table;
import dev.weir.port.TableChanges.Change;
import dev.weir.port.TableChanges.ChangeShard;
import dev.weir.port.TableChanges.Page;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

/** What the answers of DynamoDB Streams that an emulator does not give become. */
class DynamoDbChangesTest {
    private static final Table TABLE = new Table("t", "pk", null, true);
    private static final AwsStub.Answer NAMED = ok("{\"Table\":{\"LatestStreamArn\":\"arn:one\"}}");
    private static final AwsStub.Answer NAMED_ANEW = ok("{\"Table\":{\"LatestStreamArn\":\"arn:two\"}}");

    private AwsStub stub;
    private DynamoDbClient tables;
    private DynamoDbStreamsClient streams;
    private DynamoDbChanges changes;

    @BeforeEach
    void connect() throws IOException {
        stub = new AwsStub();
        tables = stub.clients().dynamoDb();
        streams = stub.clients().dynamoDbStreams();
        changes = new DynamoDbChanges(tables, streams, new ManualTime(0));
    }

    @AfterEach
    void disconnect() {
        tables.close();
        streams.close();
        stub.close();
    }

    private static AwsStub.Answer iterator(String iterator) {
        return ok("{\"ShardIterator\":\"" + iterator + "\"}");
    }

    private static AwsStub.Answer end(String... numbers) {
        return ok("{\"Records\":[" + records(numbers) + "]}");
    }

    private static AwsStub.Answer page(String next, String... numbers) {
        return ok("{\"Records\":[" + records(numbers) + "],\"NextShardIterator\":\"" + next + "\"}");
    }

    private static String records(String... numbers) {
        return String.join(
                ",",
                List.of(numbers).stream()
                        .map(number -> "{\"dynamodb\":{\"ApproximateCreationDateTime\":1.0,\"SequenceNumber\":\""
                                + number + "\",\"Keys\":{\"pk\":{\"S\":\"a\"}},\"NewImage\":{\"pk\":{\"S\":\"a\"}}}}")
                        .toList());
    }

    private static List<String> numbers(Page page) {
        return page.changes().stream().map(Change::number).toList();
    }

    @Test
    void aReadGoesOnWithTheIteratorThatTheLastOneGave() {
        stub.answer(NAMED, iterator("i0"), page("i1", "1", "2"), page("i2", "3"));

        Page first = changes.read(TABLE, "s", "", 10);
        Page second = changes.read(TABLE, "s", "2", 10);

        assertThat(numbers(first)).containsExactly("1", "2");
        assertThat(numbers(second)).containsExactly("3");
        assertThat(stub.requests()).hasSize(4);
        assertThat(stub.requests().getLast()).contains("\"i1\"", "\"Limit\":10");
    }

    @Test
    void anIteratorMovesOnOverWhatIsEmpty() {
        stub.answer(NAMED, iterator("i0"), page("i1"), page("i2"), page("i3"), page("i4", "7"));

        Page nothing = changes.read(TABLE, "s", "5", 10);
        Page something = changes.read(TABLE, "s", "5", 10);

        assertThat(nothing).isEqualTo(new Page(List.of(), false, false));
        assertThat(numbers(something)).containsExactly("7");
        assertThat(stub.requests()).hasSize(6);
        assertThat(stub.requests().getLast()).contains("\"i3\"");
    }

    @Test
    void behindWhatIsNoLongerKeptTheOldestIsReadAndTheLossIsTold() {
        stub.answer(NAMED, error(400, "TrimmedDataAccessException"), iterator("oldest"), page("next", "90"));

        Page page = changes.read(TABLE, "s", "5", 10);

        assertThat(numbers(page)).containsExactly("90");
        assertThat(page.isLost()).isTrue();
        assertThat(stub.requests().get(1)).contains("AFTER_SEQUENCE_NUMBER", "\"5\"");
        assertThat(stub.requests().get(2)).contains("TRIM_HORIZON").doesNotContain("\"5\"");
        assertThat(stub.requests().get(3)).contains("\"oldest\"");
    }

    @Test
    void aLossIsToldOnceThoughNothingFollows() {
        stub.answer(NAMED, error(400, "TrimmedDataAccessException"), iterator("oldest"), page("next"));

        assertThat(changes.read(TABLE, "s", "5", 10)).isEqualTo(new Page(List.of(), false, true));
        assertThat(changes.read(TABLE, "s", "5", 10)).isEqualTo(new Page(List.of(), false, false));
    }

    @Test
    void anIteratorMayPointAtWhatIsNoLongerKeptToo() {
        stub.answer(NAMED, iterator("i0"), error(400, "TrimmedDataAccessException"), iterator("oldest"), end("90"));

        assertThat(changes.read(TABLE, "s", "5", 10).isLost()).isTrue();
    }

    @Test
    void whoAsksForAllThatIsKeptLosesNothing() {
        stub.answer(NAMED, iterator("i0"), error(400, "TrimmedDataAccessException"), iterator("oldest"), end("90"));

        Page page = changes.read(TABLE, "s", "", 10);

        assertThat(page.isLost()).isFalse();
        assertThat(page.isEnd()).isTrue();
        assertThat(numbers(page)).containsExactly("90");
    }

    @Test
    void anExpiredIteratorIsMadeAnewBehindTheSameChange() {
        stub.answer(
                NAMED,
                iterator("i0"),
                page("i1", "1"),
                error(400, "ExpiredIteratorException"),
                iterator("fresh"),
                page("i2", "2"));
        changes.read(TABLE, "s", "", 10);

        Page page = changes.read(TABLE, "s", "1", 10);

        assertThat(numbers(page)).containsExactly("2");
        assertThat(page.isLost()).isFalse();
        assertThat(stub.requests().get(4)).contains("AFTER_SEQUENCE_NUMBER", "\"1\"");
        assertThat(stub.requests().getLast()).contains("\"fresh\"");
    }

    @Test
    void iteratorsThatExpireAtOnceAreGivenUpAfterABoundedNumber() {
        stub.answer(NAMED);
        for (int i = 0; i < DynamoDbChanges.ITERATORS_OF_A_READ_MAX; i++) {
            stub.answer(iterator("i"), error(400, "ExpiredIteratorException"));
        }

        assertThatExceptionOfType(StoreUnavailableException.class)
                .isThrownBy(() -> changes.read(TABLE, "s", "1", 10))
                .withMessageContaining("table=t shard=s");
        assertThat(stub.requests()).hasSize(1 + 2 * DynamoDbChanges.ITERATORS_OF_A_READ_MAX);
    }

    @Test
    void aShardThatIsNotThereHasEndedAndIsLost() {
        stub.answer(NAMED, error(400, "ResourceNotFoundException"));

        assertThat(changes.read(TABLE, "s", "1", 10)).isEqualTo(new Page(List.of(), true, true));
    }

    @Test
    void aThrottledReadIsRepeatedAndOneThatIsForbiddenIsNot() {
        stub.answer(NAMED, iterator("i0"), error(400, "LimitExceededException"), end("1"));
        assertThat(numbers(changes.read(TABLE, "s", "", 10))).containsExactly("1");

        stub.answer(error(400, "AccessDeniedException"), end());
        stub.answer(end()); // the last answer stays: the one before it is for the iterator
        assertThatExceptionOfType(StoreUnavailableException.class)
                .isThrownBy(() -> changes.read(TABLE, "s", "", 10))
                .withMessageContaining("AccessDeniedException");
    }

    @Test
    void shardsAreListedPageByPageAndAParentThatIsGoneIsNone() {
        stub.answer(
                NAMED,
                ok(
                        "{\"StreamDescription\":{\"LastEvaluatedShardId\":\"a\",\"Shards\":[{\"ShardId\":\"a\",\"ParentShardId\":\"gone\"}]}}"),
                ok("{\"StreamDescription\":{\"Shards\":[{\"ShardId\":\"b\",\"ParentShardId\":\"a\"}]}}"));

        assertThat(changes.shards(TABLE))
                .containsExactly(new ChangeShard("a", Optional.empty()), new ChangeShard("b", Optional.of("a")));
        assertThat(stub.requests().getLast()).contains("\"ExclusiveStartShardId\":\"a\"");
    }

    @Test
    void theStreamOfATableThatWasMadeAnewIsLookedUpAgain() {
        AwsStub.Answer none = ok("{\"StreamDescription\":{\"Shards\":[]}}");
        stub.answer(NAMED, none, error(400, "ResourceNotFoundException"), NAMED_ANEW, none);
        assertThat(changes.shards(TABLE)).isEmpty();

        assertThat(changes.shards(TABLE)).isEmpty();

        assertThat(stub.requests()).hasSize(5);
        assertThat(stub.requests().get(2)).contains("arn:one");
        assertThat(stub.requests().getLast()).contains("arn:two");
    }
}
