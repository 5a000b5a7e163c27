package dev.weir.aws;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A server that gives prepared answers in turn, the last one for ever, and remembers what it was asked. */
final class AwsStub implements AutoCloseable {

    /**
     * @param body null to close the connection instead of answering
     */
    record Answer(int status, @Nullable String errorType, byte @Nullable [] body) {
        static Answer ok(String json) {
            return new Answer(200, null, json.getBytes(StandardCharsets.UTF_8));
        }

        static Answer ok(byte[] cbor) {
            return new Answer(200, null, cbor);
        }

        static Answer error(int status, String code) {
            return error(status, code, "");
        }

        /** @param members more of the JSON object, with a leading comma */
        static Answer error(int status, String code, String members) {
            String json =
                    "{\"__type\":\"com.amazonaws#" + code + "\",\"message\":\"said " + code + "\"" + members + "}";
            return new Answer(status, code, json.getBytes(StandardCharsets.UTF_8));
        }

        /** The request is taken, and no answer comes. */
        static Answer lost() {
            return new Answer(0, null, null);
        }
    }

    private final HttpServer server;
    private final Deque<Answer> answers = new ArrayDeque<>();
    private final List<String> requests = new ArrayList<>();

    AwsStub() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::handle);
        server.start();
    }

    AwsStub answer(Answer... more) {
        synchronized (answers) {
            answers.addAll(List.of(more));
        }
        return this;
    }

    /** The bodies of the requests so far. */
    List<String> requests() {
        synchronized (answers) {
            return List.copyOf(requests);
        }
    }

    Clients clients() {
        URI endpoint = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        return new Clients("us-east-1", endpoint, Map.of());
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void handle(HttpExchange exchange) throws IOException {
        String request = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        Answer answer;
        synchronized (answers) {
            requests.add(request);
            answer = answers.size() > 1 ? answers.remove() : answers.element();
        }
        byte[] body = answer.body();
        if (body != null) {
            if (answer.errorType() != null) {
                exchange.getResponseHeaders().add("x-amzn-ErrorType", answer.errorType());
            }
            exchange.sendResponseHeaders(answer.status(), body.length);
            exchange.getResponseBody().write(body);
        }
        exchange.close();
    }
}
