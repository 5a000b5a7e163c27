package dev.weir.local.lambda;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.weir.local.mapping.FunctionErrorException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The server side of the Lambda Runtime API, version 2018-06-01, for one execution environment: a runtime asks for its next invocation and
 * posts the answer. Listens on 127.0.0.1, a port of the system's choice. Thread-safe; one invocation at a time.
 *
 * <p>Source: AWS Lambda Developer Guide, "Using the Lambda runtime API".
 */
final class RuntimeApi implements AutoCloseable {
    /** Most bytes of an answer: 6 MB. Source: Lambda, quotas, invocation payload. */
    static final int RESPONSE_BYTES_MAX = 6 * 1024 * 1024;

    private static final String ROOT = "/2018-06-01/runtime/";
    private static final String INVOCATION = ROOT + "invocation/";
    private static final ObjectMapper JSON = new ObjectMapper();

    static {
        // Without it a small answer waits 40 ms for a delayed acknowledgement; the server reads it once, when its first
        // class is loaded.
        if (System.getProperty("sun.net.httpserver.nodelay") == null) {
            System.setProperty("sun.net.httpserver.nodelay", "true");
        }
    }

    /**
     * One call of the function.
     *
     * @param answer completes with the answer, or exceptionally with a {@link FunctionErrorException}
     */
    record Invocation(
            String requestId,
            byte[] event,
            long deadlineMillis,
            String functionArn,
            CompletableFuture<byte[]> answer) {}

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final BlockingQueue<Invocation> waiting = new ArrayBlockingQueue<>(1);
    private final AtomicReference<@Nullable Invocation> running = new AtomicReference<>();
    private final CompletableFuture<Void> ready = new CompletableFuture<>();

    RuntimeApi() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot listen on the loopback address", e);
        }
        server.setExecutor(threads);
        server.createContext(ROOT, this::handle);
        server.start();
    }

    /** The value of {@code AWS_LAMBDA_RUNTIME_API}. */
    String address() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    /** Completes when the runtime asks for its first invocation: init is over. Exceptionally when init failed. */
    CompletableFuture<Void> ready() {
        return ready;
    }

    void submit(Invocation invocation) {
        if (!running.compareAndSet(null, invocation) || !waiting.offer(invocation)) {
            throw new IllegalStateException(
                    "an execution environment takes one invocation at a time: requestId=" + invocation.requestId());
        }
    }

    /** The runtime is gone: whoever waits for it gets this error. */
    void fail(FunctionErrorException error) {
        ready.completeExceptionally(error);
        Invocation invocation = running.getAndSet(null);
        if (invocation != null) {
            invocation.answer().completeExceptionally(error);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            String call = exchange.getRequestMethod() + " "
                    + (path.startsWith(INVOCATION)
                            ? path.substring(path.lastIndexOf('/') + 1)
                            : path.substring(ROOT.length()));
            switch (call) {
                case "GET next" -> next(exchange);
                case "POST response" -> respond(exchange, idOf(path));
                case "POST error" -> respondWithError(exchange, idOf(path));
                case "POST init/error" -> initError(exchange);
                default -> send(exchange, 404, "{\"errorType\":\"NotFound\"}");
            }
        }
    }

    private void next(HttpExchange exchange) throws IOException {
        ready.complete(null);
        try {
            Invocation invocation = waiting.take();
            var headers = exchange.getResponseHeaders();
            headers.set("Lambda-Runtime-Aws-Request-Id", invocation.requestId());
            headers.set("Lambda-Runtime-Deadline-Ms", Long.toString(invocation.deadlineMillis()));
            headers.set("Lambda-Runtime-Invoked-Function-Arn", invocation.functionArn());
            headers.set("Lambda-Runtime-Trace-Id", traceId(invocation.requestId()));
            send(exchange, 200, invocation.event());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void respond(HttpExchange exchange, String requestId) throws IOException {
        byte[] body = exchange.getRequestBody().readNBytes(RESPONSE_BYTES_MAX + 1);
        Invocation invocation = takeRunning(requestId);
        if (invocation == null) {
            send(exchange, 400, "{\"errorType\":\"InvalidRequestID\"}");
        } else if (body.length > RESPONSE_BYTES_MAX) {
            invocation
                    .answer()
                    .completeExceptionally(new FunctionErrorException(
                            "Function.ResponseSizeTooLarge",
                            "the answer is above the payload limit: bytesMax=" + RESPONSE_BYTES_MAX));
            send(exchange, 413, "{\"errorType\":\"RequestEntityTooLarge\"}");
        } else {
            invocation.answer().complete(body);
            send(exchange, 202, "{\"status\":\"OK\"}");
        }
    }

    private void respondWithError(HttpExchange exchange, String requestId) throws IOException {
        FunctionErrorException error = errorOf(exchange);
        Invocation invocation = takeRunning(requestId);
        if (invocation == null) {
            send(exchange, 400, "{\"errorType\":\"InvalidRequestID\"}");
            return;
        }
        invocation.answer().completeExceptionally(error);
        send(exchange, 202, "{\"status\":\"OK\"}");
    }

    private void initError(HttpExchange exchange) throws IOException {
        fail(errorOf(exchange));
        send(exchange, 202, "{\"status\":\"OK\"}");
    }

    private @Nullable Invocation takeRunning(String requestId) {
        Invocation invocation = running.get();
        return invocation != null && invocation.requestId().equals(requestId) && running.compareAndSet(invocation, null)
                ? invocation
                : null;
    }

    /** The runtime sends errorType and errorMessage in the body, and the type again in a header. */
    private static FunctionErrorException errorOf(HttpExchange exchange) throws IOException {
        JsonNode body;
        try {
            body = JSON.readTree(exchange.getRequestBody().readNBytes(RESPONSE_BYTES_MAX));
        } catch (JacksonException e) {
            body = JSON.createObjectNode();
        }
        String header = exchange.getRequestHeaders().getFirst("Lambda-Runtime-Function-Error-Type");
        String type = body.path("errorType").asText(header == null ? "Runtime.Unknown" : header);
        return new FunctionErrorException(type, body.path("errorMessage").asText(""));
    }

    private static String idOf(String path) {
        int end = path.lastIndexOf('/');
        return end <= INVOCATION.length() ? "" : path.substring(INVOCATION.length(), end);
    }

    private static String traceId(String requestId) {
        String hex = requestId.replace("-", "");
        return "Root=1-" + hex.substring(0, 8) + "-" + hex.substring(8) + ";Sampled=0";
    }

    private static void send(HttpExchange exchange, int status, String json) throws IOException {
        send(exchange, status, json.getBytes(StandardCharsets.UTF_8));
    }

    private static void send(HttpExchange exchange, int status, byte[] json) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, json.length == 0 ? -1 : json.length);
        exchange.getResponseBody().write(json);
    }
}
