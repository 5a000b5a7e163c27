package dev.weir.aws;

import static dev.weir.aws.AwsStub.Answer.lost;
import static dev.weir.aws.AwsStub.Answer.ok;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.weir.memory.ManualTime;
import dev.weir.port.ObjectOutcome;
import dev.weir.port.ObjectStore.IfPresent;
import dev.weir.port.StoreUnavailableException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** What the answers of S3, and their absence, become. */
class S3ObjectStoreTest {
    private static final byte[] DATA = {1, 2, 3};

    private final ManualTime time = new ManualTime(0);
    private AwsStub stub;
    private S3Client client;
    private S3ObjectStore objects;

    @BeforeEach
    void connect() throws IOException {
        stub = new AwsStub();
        client = stub.clients().s3();
        objects = new S3ObjectStore(client, time, "b");
    }

    @AfterEach
    void disconnect() {
        client.close();
        stub.close();
    }

    static Stream<Arguments> failures() {
        return Stream.of(
                arguments(error(412, "PreconditionFailed"), ObjectOutcome.AlreadyThere.class),
                arguments(error(409, "ConditionalRequestConflict"), ObjectOutcome.Refused.class),
                arguments(error(409, "OperationAborted"), ObjectOutcome.Refused.class),
                arguments(error(503, "SlowDown"), ObjectOutcome.Refused.class),
                arguments(error(400, "RequestTimeout"), ObjectOutcome.Refused.class),
                arguments(error(400, "BadDigest"), ObjectOutcome.Refused.class),
                arguments(error(403, "RequestTimeTooSkewed"), ObjectOutcome.Refused.class),
                arguments(error(500, "InternalError"), ObjectOutcome.Unknown.class),
                arguments(error(503, "ServiceUnavailable"), ObjectOutcome.Unknown.class),
                arguments(lost(), ObjectOutcome.Unknown.class),
                arguments(error(400, "EntityTooLarge"), IllegalArgumentException.class),
                arguments(error(400, "KeyTooLongError"), IllegalArgumentException.class),
                arguments(error(400, "InvalidRequest"), IllegalArgumentException.class),
                arguments(error(403, "AccessDenied"), StoreUnavailableException.class),
                arguments(error(404, "NoSuchBucket"), StoreUnavailableException.class));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void aFailedPutHasANamedOutcomeAndIsSentOnce(AwsStub.Answer answer, Class<?> expected) {
        stub.answer(answer);

        assertThat(outcome(() -> objects.put("k", DATA, IfPresent.KEEP))).isInstanceOf(expected);

        assertThat(stub.requests()).containsExactly(new String(DATA, StandardCharsets.UTF_8));
        assertThat(time.epochMillis()).as("no pause").isZero();
    }

    @Test
    void readsAndDeletesAreRepeatedUntilTheyAreAnswered() {
        stub.answer(lost(), error(503, "SlowDown"), error(500, "InternalError"), ok("abc"), lost(), ok(""));

        assertThat(objects.get("k")).get().isEqualTo("abc".getBytes(StandardCharsets.UTF_8));
        objects.delete("k");

        assertThat(stub.requests()).hasSize(6);
    }

    static Stream<Arguments> calls() {
        return Stream.of(
                arguments("get", (Call) store -> store.get("k")),
                arguments("getRange", (Call) store -> store.getRange("k", 1, 2)),
                arguments("size", (Call) store -> store.size("k")),
                arguments("list", (Call) store -> store.list("", "", 1)),
                arguments("delete", (Call) store -> {
                    store.delete("k");
                    return "deleted";
                }));
    }

    /** One of the calls that are repeated. */
    interface Call {
        Object on(S3ObjectStore objects);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("calls")
    void whatIsNeverAnsweredEndsInAnException(String name, Call call) {
        stub.answer(error(503, "SlowDown"));

        assertThatExceptionOfType(StoreUnavailableException.class)
                .isThrownBy(() -> call.on(objects))
                .withMessageContaining("attempts=" + Patience.ATTEMPTS_MAX);

        assertThat(stub.requests()).hasSize(Patience.ATTEMPTS_MAX);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("calls")
    void whatIsForbiddenIsNotRepeated(String name, Call call) {
        stub.answer(error(403, "AccessDenied"));

        assertThatExceptionOfType(StoreUnavailableException.class).isThrownBy(() -> call.on(objects));

        assertThat(stub.requests()).hasSize(1);
    }

    @Test
    void onlyAKeyThatIsNotThereIsEmptyAndABucketThatIsNotThereIsNot() {
        stub.answer(error(404, "NoSuchKey"), error(404, "NoSuchBucket"));

        assertThat(objects.get("k")).isEmpty();
        assertThatExceptionOfType(StoreUnavailableException.class)
                .isThrownBy(() -> objects.get("k"))
                .withMessageContaining("NoSuchBucket");
    }

    @Test
    void listsArePagedAndKeysAreDecodedInTheOrderOfTheStore() {
        stub.answer(
                ok(
                        "<ListBucketResult><IsTruncated>true</IsTruncated><NextContinuationToken>more</NextContinuationToken>"
                                + "<EncodingType>url</EncodingType><Contents><Key>a%2Bb%20c</Key></Contents></ListBucketResult>"),
                error(503, "SlowDown"),
                ok("<ListBucketResult><IsTruncated>false</IsTruncated><EncodingType>url</EncodingType>"
                        + "<Contents><Key>%EF%BF%AE</Key></Contents><Contents><Key>%F0%9F%90%A2+%01</Key></Contents>"
                        + "</ListBucketResult>"));

        assertThat(objects.list("", "", Integer.MAX_VALUE)).containsExactly("a+b c", "\uFFEE", "\uD83D\uDC22 \u0001");

        assertThat(stub.requests()).hasSize(3);
    }

    /** Says that it has ten bytes, sends three and hangs up. */
    @Test
    @Timeout(60)
    void anAnswerThatBreaksOffIsNotTakenForTheObject() throws Exception {
        try (var server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                S3Client broken = new Clients(
                                "us-east-1", URI.create("http://127.0.0.1:" + server.getLocalPort()), Map.of())
                        .s3()) {
            Thread.ofVirtual().start(() -> breakOff(server));

            assertThatExceptionOfType(StoreUnavailableException.class)
                    .isThrownBy(() -> new S3ObjectStore(broken, time, "b").get("k"));
        }
    }

    private static void breakOff(ServerSocket server) {
        try {
            while (!server.isClosed()) {
                try (Socket socket = server.accept();
                        OutputStream out = socket.getOutputStream()) {
                    int first = socket.getInputStream().read(new byte[8192]);
                    if (first > 0) {
                        out.write("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc".getBytes(StandardCharsets.UTF_8));
                    }
                }
            }
        } catch (IOException closed) {
            // The test is over.
        }
    }

    @Test
    void anObjectThatIsTooLargeToBeHeldIsRefusedWithoutReadingIt() throws Exception {
        try (var server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                S3Client large = new Clients(
                                "us-east-1", URI.create("http://127.0.0.1:" + server.getLocalPort()), Map.of())
                        .s3()) {
            Thread.ofVirtual().start(() -> claim5GiB(server));

            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new S3ObjectStore(large, time, "b").get("k"))
                    .withMessageContaining("bytes=5368709120");
        }
    }

    private static void claim5GiB(ServerSocket server) {
        try (Socket socket = server.accept();
                OutputStream out = socket.getOutputStream()) {
            int first = socket.getInputStream().read(new byte[8192]);
            if (first > 0) {
                out.write("HTTP/1.1 200 OK\r\nContent-Length: 5368709120\r\n\r\n".getBytes(StandardCharsets.UTF_8));
                out.flush();
            }
            // Until the client hangs up.
            while (socket.getInputStream().read() >= 0) {
                Thread.onSpinWait();
            }
        } catch (IOException closed) {
            // The client hung up in the middle, as it should.
        }
    }

    @Test
    void aClientThatRetriesByItselfIsRefused() {
        try (S3Client retrying = S3Client.builder()
                .region(Region.US_EAST_1)
                .credentialsProvider(AnonymousCredentialsProvider.create())
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .build()) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new S3ObjectStore(retrying, time, "b"))
                    .withMessageContaining("must not retry");
        }
    }

    private static AwsStub.Answer error(int status, String code) {
        String xml = "<Error><Code>" + code + "</Code><Message>said " + code + "</Message></Error>";
        return new AwsStub.Answer(status, null, xml.getBytes(StandardCharsets.UTF_8));
    }

    private static Object outcome(Supplier<?> call) {
        try {
            return call.get();
        } catch (RuntimeException e) {
            return e;
        }
    }
}
