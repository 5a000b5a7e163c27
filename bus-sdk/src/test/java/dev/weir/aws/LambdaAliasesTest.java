package dev.weir.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LambdaAliasesTest {
    private final List<String> requests = new ArrayList<>();
    private int status = 200;
    private String answer = "{\"Name\":\"live\",\"RoutingConfig\":{\"a\":[1]},\"FunctionVersion\":\"7\",\"x\":1}";
    private HttpServer server;
    private LambdaAliases aliases;

    @BeforeEach
    void connect() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " " + body);
            byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
        URI endpoint = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        aliases = new Clients("eu-central-1", endpoint, Map.of()).lambdaAliases();
    }

    @AfterEach
    void disconnect() {
        aliases.close();
        server.stop(0);
    }

    @Test
    void anAliasTellsItsVersion() {
        assertThat(aliases.version("weir-ledger", "live")).isEqualTo("7");
        assertThat(requests).containsExactly("GET /2015-03-31/functions/weir-ledger/aliases/live ");
    }

    @Test
    void anAliasIsMovedToOneVersionAlone() {
        answer = "{\"FunctionVersion\":\"6\"}";

        assertThat(aliases.move("weir-ledger", "live", "6")).isEqualTo("6");
        assertThat(requests)
                .containsExactly("PUT /2015-03-31/functions/weir-ledger/aliases/live"
                        + " {\"FunctionVersion\":\"6\",\"RoutingConfig\":{\"AdditionalVersionWeights\":{}}}");
    }

    @Test
    void whatLambdaRefusesIsToldInItsWords() {
        status = 404;
        answer = "{\"Message\":\"Function not found\"}";

        assertThatThrownBy(() -> aliases.move("weir-ledger", "live", "6"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("Lambda refused: PUT alias=live function=weir-ledger status=404"
                        + " answer={\"Message\":\"Function not found\"}");
        assertThat(requests).as("it is sent once").hasSize(1);
    }

    @Test
    void anAnswerWithoutAVersionIsNoAnswer() {
        answer = "[]";

        assertThatThrownBy(() -> aliases.version("f", "live")).hasMessage("Lambda told no version: answer=[]");
    }

    @Test
    void noAnswerIsAFailure() {
        server.stop(0);

        assertThatThrownBy(() -> aliases.version("f", "live"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("Lambda did not answer about an alias: function=f alias=live");
    }
}
