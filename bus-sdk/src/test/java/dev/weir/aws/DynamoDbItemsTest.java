package dev.weir.aws;

import static dev.weir.aws.AwsStub.Answer.error;
import static dev.weir.aws.AwsStub.Answer.lost;
import static dev.weir.aws.AwsStub.Answer.ok;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.weir.memory.ManualTime;
import dev.weir.port.Attribute;
import dev.weir.port.Condition;
import dev.weir.port.Edit;
import dev.weir.port.Item;
import dev.weir.port.Key;
import dev.weir.port.Path;
import dev.weir.port.StoreUnavailableException;
import dev.weir.port.Table;
import dev.weir.port.Write;
import dev.weir.port.WriteOutcome;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** What DynamoDB's answers, and their absence, become. */
class DynamoDbItemsTest {
    private static final Table TABLE = new Table("t", "pk", null);
    private static final Key A = new Key(TABLE, "a", null);
    private static final Key B = new Key(TABLE, "b", null);
    private static final Write PUT_A = new Write.Put(Item.at(A).with("n", 1).build(), Condition.ABSENT);
    private static final Write PUT_B = new Write.Put(Item.at(B).with("n", 1).build(), Condition.ABSENT);
    private static final String ROW_A = "{\"pk\":{\"S\":\"a\"},\"n\":{\"N\":\"1\"}}";

    private final ManualTime time = new ManualTime(0);
    private AwsStub stub;
    private DynamoDbClient client;
    private DynamoDbItems items;

    @BeforeEach
    void connect() throws IOException {
        stub = new AwsStub();
        client = stub.clients().dynamoDb();
        items = new DynamoDbItems(client, time);
    }

    @AfterEach
    void disconnect() {
        client.close();
        stub.close();
    }

    static Stream<Arguments> failures() {
        return Stream.of(
                arguments(400, "ConditionalCheckFailedException", WriteOutcome.ConditionFailed.class),
                arguments(400, "TransactionConflictException", WriteOutcome.Retry.class),
                arguments(400, "TransactionInProgressException", WriteOutcome.Retry.class),
                arguments(400, "ReplicatedWriteConflictException", WriteOutcome.Retry.class),
                arguments(400, "ProvisionedThroughputExceededException", WriteOutcome.Retry.class),
                arguments(400, "RequestLimitExceeded", WriteOutcome.Retry.class),
                arguments(400, "ThrottlingException", WriteOutcome.Retry.class),
                arguments(400, "RequestTimeTooSkewed", WriteOutcome.Retry.class),
                arguments(500, "InternalServerError", WriteOutcome.Unknown.class),
                arguments(503, "ServiceUnavailable", WriteOutcome.Unknown.class),
                arguments(400, "ValidationException", IllegalArgumentException.class),
                arguments(400, "ItemCollectionSizeLimitExceededException", IllegalArgumentException.class),
                arguments(400, "ResourceNotFoundException", IllegalArgumentException.class),
                arguments(400, "AccessDeniedException", StoreUnavailableException.class),
                arguments(400, "UnrecognizedClientException", StoreUnavailableException.class));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void aFailedWriteHasANamedOutcomeAndIsSentOnce(int status, String code, Class<?> expected) {
        stub.answer(error(status, code));

        assertThat(outcome(() -> items.write(PUT_A))).isInstanceOf(expected);
        assertThat(outcome(() -> items.transact(List.of(PUT_A)))).isInstanceOf(expected);

        assertThat(stub.requests()).hasSize(2);
        assertThat(time.epochMillis()).as("no pause").isZero();
    }

    static Stream<Arguments> cancellations() {
        return Stream.of(
                arguments("ConditionalCheckFailed", "None", new WriteOutcome.ConditionFailed(List.of(A))),
                arguments("None", "ConditionalCheckFailed", new WriteOutcome.ConditionFailed(List.of(B))),
                arguments(
                        "ConditionalCheckFailed",
                        "ConditionalCheckFailed",
                        new WriteOutcome.ConditionFailed(List.of(A, B))),
                arguments(
                        "TransactionConflict", "ConditionalCheckFailed", new WriteOutcome.ConditionFailed(List.of(B))),
                arguments("None", "TransactionConflict", new WriteOutcome.Retry("TransactionConflict")),
                arguments("ThrottlingError", "None", new WriteOutcome.Retry("ThrottlingError")),
                arguments(
                        "None",
                        "ProvisionedThroughputExceeded",
                        new WriteOutcome.Retry("ProvisionedThroughputExceeded")),
                arguments("None", "ValidationError", IllegalArgumentException.class),
                arguments("ItemCollectionSizeLimitExceeded", "TransactionConflict", IllegalArgumentException.class),
                arguments("None", "SomethingNew", StoreUnavailableException.class));
    }

    @ParameterizedTest
    @MethodSource("cancellations")
    void aCancelledTransactionHasTheOutcomeOfItsReasons(String first, String second, Object expected) {
        stub.answer(error(
                400,
                "TransactionCanceledException",
                ",\"CancellationReasons\":[{\"Code\":\"" + first + "\"},{\"Code\":\"" + second
                        + "\",\"Message\":\"because\"}]"));

        Object outcome = outcome(() -> items.transact(List.of(PUT_A, PUT_B)));

        if (expected instanceof Class<?> type) {
            assertThat(outcome).isInstanceOf(type);
        } else {
            assertThat(outcome).isEqualTo(expected);
        }
    }

    /** DynamoDB names the item by its reason; DynamoDB Local refuses the whole transaction. */
    @Test
    void anItemOfAnotherShapeThanItsEditsNeedIsAFailedCondition() {
        Write edit = new Write.Edits(
                B,
                List.of(new Edit.Set(Path.of("map", "n"), Attribute.of(1))),
                Condition.equal(Path.of("n"), Attribute.of(1)));
        String message = "The document path provided in the update expression is invalid for update";
        String refusal = ",\"message\":\"" + message + "\"";
        String reasons = ",\"CancellationReasons\":[{\"Code\":\"ConditionalCheckFailed\"},"
                + "{\"Code\":\"ValidationError\",\"Message\":\"" + message + "\"}]";
        WriteOutcome failed = new WriteOutcome.ConditionFailed(List.of(B));

        stub.answer(
                error(400, "ValidationException", refusal),
                error(400, "ValidationException", refusal),
                error(400, "TransactionCanceledException", reasons),
                error(400, "ValidationException"));

        assertThat(items.write(edit)).isEqualTo(failed);
        assertThat(items.transact(List.of(PUT_A, edit))).isEqualTo(failed);
        assertThat(items.transact(List.of(PUT_A, edit))).isEqualTo(failed);
        assertThatIllegalArgumentException().isThrownBy(() -> items.write(edit));
    }

    @Test
    void aWriteWhoseAnswerIsLostIsUnknownAndWasSentOnce() {
        stub.answer(ok("{}"), lost());
        items.write(PUT_A);

        // The second goes out on the connection of the first, where the JDK would repeat a request that it has
        // buffered.
        assertThat(items.transact(List.of(PUT_A))).isInstanceOf(WriteOutcome.Unknown.class);
        assertThat(stub.requests()).hasSize(2);

        assertThat(items.write(PUT_A)).isInstanceOf(WriteOutcome.Unknown.class);
        assertThat(stub.requests()).hasSize(3);
    }

    @Test
    void aWriteToNobodyIsUnknown() {
        stub.close();

        assertThat(items.write(PUT_A)).isInstanceOf(WriteOutcome.Unknown.class);
    }

    @Test
    void aReadRepeatsWhatPassesWithGrowingPauses() {
        stub.answer(
                error(400, "ThrottlingException"),
                error(500, "InternalServerError"),
                lost(),
                ok("{\"Item\":" + ROW_A + "}"));

        assertThat(items.get(A)).contains(Item.at(A).with("n", 1).build());

        assertThat(stub.requests()).hasSize(4);
        assertThat(time.epochMillis()).isEqualTo(25 + 50 + 100);
    }

    @Test
    void aReadGivesUpAfterABoundedNumberOfAttempts() {
        stub.answer(error(500, "InternalServerError"));

        assertThatExceptionOfType(StoreUnavailableException.class)
                .isThrownBy(() -> items.get(A))
                .withMessageContaining("attempts=" + Patience.ATTEMPTS_MAX);

        assertThat(stub.requests()).hasSize(Patience.ATTEMPTS_MAX);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ValidationException", "AccessDeniedException"})
    void aReadDoesNotRepeatWhatDoesNotPass(String code) {
        stub.answer(error(400, code));

        assertThat(outcome(() -> items.get(A))).isInstanceOf(RuntimeException.class);

        assertThat(stub.requests()).hasSize(1);
    }

    @Test
    void everyReadIsStronglyConsistent() {
        Table log = new Table("log", "pk", "sk");
        stub.answer(ok("{}"));

        items.get(A);
        items.getAll(List.of(A));
        items.query(log, "p", "a", "b", 1);
        assertThat(items.scan(log)).isEmpty();

        assertThat(stub.requests()).hasSize(4).allSatisfy(request -> assertThat(request)
                .contains("\"ConsistentRead\":true"));
    }

    @Test
    void keysThatWereNotProcessedAreAskedForAgain() {
        String rest = "\"UnprocessedKeys\":{\"t\":{\"Keys\":[{\"pk\":{\"S\":\"a\"}}],\"ConsistentRead\":true}}";
        stub.answer(
                ok("{\"Responses\":{\"t\":[{\"pk\":{\"S\":\"b\"}}]}," + rest + "}"),
                ok("{\"Responses\":{}," + rest + "}"),
                ok("{\"Responses\":{\"t\":[" + ROW_A + "]},\"UnprocessedKeys\":{}}"));

        assertThat(items.getAll(List.of(A, B))).extracting(Item::key).containsExactly(B, A);

        assertThat(stub.requests()).hasSize(3);
        assertThat(stub.requests().get(2)).contains("\"a\"").doesNotContain("\"b\"");
    }

    @Test
    void keysThatAreNeverProcessedEndInAnException() {
        stub.answer(ok("{\"Responses\":{},\"UnprocessedKeys\":"
                + "{\"t\":{\"Keys\":[{\"pk\":{\"S\":\"a\"}}],\"ConsistentRead\":true}}}"));

        assertThatExceptionOfType(StoreUnavailableException.class)
                .isThrownBy(() -> items.getAll(List.of(A)))
                .withMessageContaining("no progress");
    }

    @Test
    void deletesGoOutInBatchesAndAreRepeatedUntilProcessed() {
        List<Key> keys = IntStream.range(0, 30)
                .mapToObj(i -> new Key(TABLE, "k" + i, null))
                .toList();
        stub.answer(
                ok("{\"UnprocessedItems\":{\"t\":[{\"DeleteRequest\":{\"Key\":{\"pk\":{\"S\":\"k7\"}}}}]}}"),
                lost(),
                ok("{\"UnprocessedItems\":{}}"));

        items.deleteAll(keys);

        assertThat(stub.requests().stream().map(request -> request.split("DeleteRequest", -1).length - 1))
                .containsExactly(25, 1, 1, 5);
    }

    @Test
    void aScanAsksForAPageWhenItIsNeeded() {
        stub.answer(
                ok("{\"Items\":[" + ROW_A + "],\"LastEvaluatedKey\":{\"pk\":{\"S\":\"a\"}}}"),
                ok("{\"Items\":[],\"LastEvaluatedKey\":{\"pk\":{\"S\":\"x\"}}}"),
                ok("{\"Items\":[{\"pk\":{\"S\":\"b\"}}]}"));
        var rows = items.scan(TABLE).iterator();
        assertThat(stub.requests()).isEmpty();

        assertThat(rows.next().key()).isEqualTo(A);
        assertThat(stub.requests()).hasSize(1);
        assertThat(rows.next().key()).isEqualTo(B);
        assertThat(rows.hasNext()).isFalse();

        assertThat(stub.requests()).hasSize(3);
        assertThat(stub.requests().get(1)).contains("ExclusiveStartKey");
    }

    @Test
    void setsThatOthersWroteAreReadAsSequences() {
        stub.answer(ok("{\"Item\":{\"pk\":{\"S\":\"a\"},\"set\":{\"SS\":[\"x\",\"y\"]},\"ns\":{\"NS\":[\"1\"]}}}"));

        Item item = items.get(A).orElseThrow();

        assertThat(item.attributes().values().stream()
                        .map(Object::toString)
                        .sorted()
                        .collect(Collectors.joining(" ")))
                .isEqualTo("Sequence[value=[Number[value=1]]] Sequence[value=[Text[value=x], Text[value=y]]]");
    }

    @Test
    void aSlowAnswerIsUnknown() throws IOException {
        try (var silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                DynamoDbClient hasty = hasty(silent.getLocalPort())) {
            assertThat(new DynamoDbItems(hasty, time).transact(List.of(PUT_A)))
                    .isInstanceOf(WriteOutcome.Unknown.class);
        }
    }

    @Test
    void aClientThatRetriesByItselfIsRefused() {
        try (DynamoDbClient retrying = DynamoDbClient.builder()
                .region(Region.US_EAST_1)
                .credentialsProvider(AnonymousCredentialsProvider.create())
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .build()) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new DynamoDbItems(retrying, time))
                    .withMessageContaining("must not retry");
        }
    }

    private static DynamoDbClient hasty(int port) {
        return DynamoDbClient.builder()
                .region(Region.US_EAST_1)
                .endpointOverride(URI.create("http://127.0.0.1:" + port))
                .credentialsProvider(AnonymousCredentialsProvider.create())
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .overrideConfiguration(
                        all -> all.retryStrategy(AwsRetryStrategy.doNotRetry()).apiCallTimeout(Duration.ofMillis(100)))
                .build();
    }

    private static Object outcome(Supplier<?> call) {
        try {
            return call.get();
        } catch (RuntimeException e) {
            return e;
        }
    }
}
