package dev.weir.aws;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.weir.port.InvokeOutcome;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LambdaInvokerTest {
    private final List<String> requests = new ArrayList<>();
    private int status = 202;
    private HttpServer server;
    private LambdaInvoker invoker;

    @BeforeEach
    void connect() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            String authorization = exchange.getRequestHeaders().getFirst("Authorization");
            requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " "
                    + exchange.getRequestHeaders().getFirst("X-Amz-Invocation-Type") + " "
                    + exchange.getRequestHeaders().getFirst("Content-Type") + " " + body + " "
                    + authorization.replaceAll("[0-9]{8}|Signature=.*", "~"));
            byte[] answer = status == 202 ? new byte[0] : "because".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, answer.length == 0 ? -1 : answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        server.start();
        URI endpoint = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        invoker = new Clients("eu-central-1", endpoint, Map.of()).lambda();
    }

    @AfterEach
    void disconnect() {
        invoker.close();
        server.stop(0);
    }

    @Test
    void aFunctionIsStartedAndNotWaitedFor() {
        InvokeOutcome outcome = invoker.invoke("arn:aws:f/x", "{\"a\":\"🐢\"}".getBytes(StandardCharsets.UTF_8));

        assertThat(outcome).isEqualTo(InvokeOutcome.ACCEPTED);
        assertThat(requests)
                .singleElement()
                .asString()
                .startsWith(
                        "POST /2015-03-31/functions/arn%3Aaws%3Af%2Fx/invocations Event application/json {\"a\":\"🐢\"}"
                                + " AWS4-HMAC-SHA256 Credential=local/~/eu-central-1/lambda/aws4_request, SignedHeaders=")
                .contains("content-type;", "host;", "x-amz-invocation-type");
    }

    @ParameterizedTest
    @ValueSource(strings = {"AWS_ENDPOINT_URL", "AWS_ENDPOINT_URL_LAMBDA"})
    void whereLambdaIsMayBeSaidByTheEnvironmentAsToAllClientsOfAws(String variable) {
        Map<String, String> environment = new HashMap<>(Map.of(
                "AWS_ENDPOINT_URL", "http://127.0.0.1:1", "AWS_ACCESS_KEY_ID", "a", "AWS_SECRET_ACCESS_KEY", "b"));
        environment.put(variable, "http://127.0.0.1:" + server.getAddress().getPort());
        try (LambdaInvoker other = new Clients("eu-central-1", null, environment).lambda()) {
            assertThat(other.invoke("f", new byte[0])).isEqualTo(InvokeOutcome.ACCEPTED);
        }
        assertThat(requests).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"404,Refused", "413,Refused", "429,Refused", "200,Refused", "500,Unknown", "503,Unknown"})
    void otherAnswersHaveANameAndAReason(int answered, String name) {
        status = answered;

        InvokeOutcome outcome = invoker.invoke("f", new byte[0]);

        assertThat(outcome.getClass().getSimpleName()).isEqualTo(name);
        assertThat(outcome).asString().contains("status=" + answered + " answer=because");
        assertThat(requests).as("it is sent once").hasSize(1);
    }

    @Test
    void noAnswerIsUnknown() {
        server.stop(0);

        assertThat(invoker.invoke("f", new byte[0])).isInstanceOf(InvokeOutcome.Unknown.class);
    }
}
