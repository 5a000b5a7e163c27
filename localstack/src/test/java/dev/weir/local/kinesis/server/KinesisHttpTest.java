package dev.weir.local.kinesis.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.local.kinesis.KinesisLimits;
import dev.weir.local.kinesis.KinesisModel;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an SDK would never send. */
class KinesisHttpTest {

    private final AtomicBoolean broken = new AtomicBoolean();
    private final KinesisModel model = new KinesisModel(this::now, KinesisLimits.local());
    private final KinesisServer server = KinesisServer.start(model, 0);
    private final HttpClient http = HttpClient.newHttpClient();

    @AfterEach
    void close() {
        http.close();
        server.close();
    }

    private long now() {
        if (broken.get()) {
            throw new IllegalStateException("the clock is broken");
        }
        return 0;
    }

    private HttpResponse<String> post(String target, String body) throws Exception {
        return http.send(
                HttpRequest.newBuilder(server.endpoint())
                        .header("X-Amz-Target", target)
                        .header("Content-Type", "application/x-amz-json-1.1")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "PutRecords       | {\"StreamName\":\"s\",\"Records\":[{\"Data\":\"@\",\"PartitionKey\":\"k\"}]} |"
                        + " SerializationException",
                "PutRecords       | {\"StreamName\":\"s\",\"Records\":[{\"Data\":\"eA==\"}]}                     |"
                        + " ValidationException",
                "PutRecords       | {\"StreamName\":\"s\",\"Records\":[{\"PartitionKey\":\"k\"}]}                |"
                        + " ValidationException",
                "PutRecords       | {\"StreamName\":\"s\",\"Records\":7}                                         |"
                        + " ValidationException",
                "PutRecords       | {\"StreamName\":\"s\"}                                                       |"
                        + " ValidationException",
                "PutRecords       | [1,2]                                                                        |"
                        + " ValidationException",
                "PutRecord        | {\"StreamName\":\"s\",\"Data\":\"@\",\"PartitionKey\":\"k\"}                 |"
                        + " SerializationException",
                "PutRecord        | {\"StreamName\":\"s\",\"Data\":5,\"PartitionKey\":\"k\"}                     |"
                        + " ValidationException",
                "CreateStream     | {\"StreamName\":5}                                                           |"
                        + " ValidationException",
                "CreateStream     | {\"StreamName\":\"t\",\"ShardCount\":1.5}                                    |"
                        + " ValidationException",
                "DescribeStream   | {\"StreamARN\":\"arn:aws:s3:::bucket\"}                                      |"
                        + " ValidationException",
                "DescribeStream   | [                                                                            |"
                        + " SerializationException",
                "DescribeStream   | \"\"                                                                         |"
                        + " InvalidArgumentException",
                "GetShardIterator | {\"StreamName\":\"s\",\"ShardId\":\"x\",\"ShardIteratorType\":\"SOON\"}      |"
                        + " ValidationException",
                "SubscribeToShard | {}                                                                           |"
                        + " UnknownOperationException",
            })
    void whatIsMalformedIsRefusedAndNotAFailure(String operation, String body, String error) throws Exception {
        HttpResponse<String> response = post("Kinesis_20131202." + operation, body);
        assertThat(response.body()).contains("\"__type\":\"" + error + "\"").contains("\"message\":");
        assertThat(response.statusCode()).isEqualTo(400);
    }

    @Test
    void aRequestWithoutTargetIsRefused() throws Exception {
        var request = HttpRequest.newBuilder(server.endpoint()).GET().build();
        HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).contains("UnknownOperationException");
    }

    @Test
    void anEmptyBodyIsARequestWithoutFields() throws Exception {
        HttpResponse<String> response = post("Kinesis_20131202.ListStreams", "");
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo("{\"StreamNames\":[],\"HasMoreStreams\":false}");
        assertThat(response.headers().firstValue("x-amzn-RequestId")).isPresent();
    }

    @Test
    void aFailureOfTheServerIsAnInternalFailure() throws Exception {
        broken.set(true);
        HttpResponse<String> response =
                post("Kinesis_20131202.CreateStream", "{\"StreamName\":\"s\",\"ShardCount\":1}");
        assertThat(response.statusCode()).isEqualTo(500);
        assertThat(response.body()).contains("InternalFailure").contains("the clock is broken");
    }

    @Test
    void aRequestBeyondTheBoundIsRefused() throws Exception {
        HttpResponse<String> response =
                post("Kinesis_20131202.PutRecord", " ".repeat(KinesisHandler.REQUEST_BYTES_MAX + 1));
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).contains("too large");
    }

    @Test
    void aTakenPortIsNamed() {
        int port = server.endpoint().getPort();
        assertThatThrownBy(() -> KinesisServer.start(model, port))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("port=" + port);
    }

    @Test
    void theEndpointIsLocal() {
        assertThat(server.endpoint())
                .isEqualTo(URI.create("http://127.0.0.1:" + server.endpoint().getPort()));
    }
}
