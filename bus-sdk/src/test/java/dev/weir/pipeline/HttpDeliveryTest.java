package dev.weir.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.weir.graph.RetryLaterException;
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

class HttpDeliveryTest {
    record Order(String customer, int total) {}

    private static final Order ORDER = new Order("bob", 12);

    private final List<String> seen = new ArrayList<>();
    private HttpServer server;
    private int status = 200;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            seen.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " "
                    + exchange.getRequestHeaders().getFirst("Idempotency-Key") + " "
                    + exchange.getRequestHeaders().getFirst("Authorization") + " " + body);
            byte[] answer = "why not".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private void deliver() {
        URI uri = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/orders");
        To.http("billing", uri, Map.of("Authorization", "Bearer x"), Codec.of(Order.class))
                .delivery()
                .deliver(ORDER, "shop.billing/z/1");
    }

    @Test
    void aResultIsPostedWithItsKey() {
        deliver();
        assertThat(seen).containsExactly("POST /orders shop.billing/z/1 Bearer x {\"customer\":\"bob\",\"total\":12}");
    }

    @Test
    void whatPassesIsTriedAgain() {
        for (int passing : new int[] {408, 425, 429, 500, 502, 503}) {
            status = passing;
            assertThatThrownBy(this::deliver)
                    .isInstanceOf(RetryLaterException.class)
                    .hasMessageContaining("status=" + passing);
        }
        stop();
        assertThatThrownBy(this::deliver).isInstanceOf(RetryLaterException.class);
    }

    @Test
    void whatTheServiceRefusesIsNotTriedAgain() {
        for (int refused : new int[] {400, 401, 404, 409, 422, 301}) {
            status = refused;
            assertThatThrownBy(this::deliver)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("status=" + refused + " answer=why not");
        }
    }

    @Test
    void anAddressThatIsNoneIsRefusedWhenThePipelineIsMade() {
        assertThatThrownBy(() -> To.http("billing", URI.create("billing.example/orders"), Codec.of(Order.class)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("uri=billing.example/orders");
    }
}
