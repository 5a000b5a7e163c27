package dev.weir.pipeline;

import dev.weir.graph.RetryLaterException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.Set;

/** Posts results to a service. Thread-safe. The header is that of the IETF's draft "The Idempotency-Key HTTP Header Field". */
final class HttpDelivery<T> implements Delivery<T> {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** Request time-out, too early, too many requests: they pass. */
    private static final Set<Integer> PASSING = Set.of(408, 425, 429);

    private static final int ANSWER_CHARS_MAX = 500;

    private final URI uri;
    private final Map<String, String> headers;
    private final Codec<T> codec;

    HttpDelivery(URI uri, Map<String, String> headers, Codec<T> codec) {
        if (!Set.of("http", "https").contains(String.valueOf(uri.getScheme())) || uri.getHost() == null) {
            throw new IllegalArgumentException("a service has an address that begins with http or https: uri=" + uri);
        }
        this.uri = uri;
        this.headers = Map.copyOf(headers);
        this.codec = codec;
    }

    @Override
    public void deliver(T value, String idempotencyKey) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri)
                .timeout(PATIENCE)
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", idempotencyKey);
        headers.forEach(request::header);
        HttpResponse<String> answer =
                send(request.POST(BodyPublishers.ofByteArray(codec.encode(value).toBytes()))
                        .build());
        int status = answer.statusCode();
        if (status >= 500 || PASSING.contains(status)) {
            throw new RetryLaterException("the service cannot take it now: uri=" + uri + " status=" + status);
        }
        if (status < 200 || status > 299) {
            String text = answer.body();
            throw new IllegalStateException("the service does not take it: uri=" + uri + " status=" + status
                    + " answer=" + text.substring(0, Math.min(ANSWER_CHARS_MAX, text.length())));
        }
    }

    private HttpResponse<String> send(HttpRequest request) {
        try {
            return Client.SHARED.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new RetryLaterException("the service does not answer: uri=" + uri + " reason=" + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RetryLaterException("interrupted while the service was called: uri=" + uri, e);
        }
    }

    /** Made when the first request is sent: a pipeline that is only looked at opens nothing. */
    private static final class Client {
        static final HttpClient SHARED =
                HttpClient.newBuilder().connectTimeout(PATIENCE).build();
    }
}
