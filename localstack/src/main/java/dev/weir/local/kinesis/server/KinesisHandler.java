package dev.weir.local.kinesis.server;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import dev.weir.local.kinesis.KinesisError;
import dev.weir.local.kinesis.KinesisException;
import dev.weir.local.kinesis.KinesisModel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The AWS JSON 1.1 protocol: POST, the operation in {@code X-Amz-Target}, refusals with status 400, {@code __type} and {@code message}.
 * Signatures are not looked at. Thread-safe.
 */
final class KinesisHandler implements HttpHandler {

    /** The largest PutRecords in base64, with room for keys and numbers. */
    static final int REQUEST_BYTES_MAX = 24 << 20;

    private static final String TARGET_HEAD = "Kinesis_20131202.";
    private static final byte[] NO_FIELDS = {'{', '}'};

    private final Operations operations;
    private final AtomicLong requests = new AtomicLong();

    KinesisHandler(KinesisModel model) {
        this.operations = new Operations(model);
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            WireFormat format = WireFormat.of(exchange.getRequestHeaders().getFirst("Content-Type"));
            var body = new ByteArrayOutputStream(1024);
            int status = answer(exchange, format, body);
            exchange.getResponseHeaders().set("Content-Type", format.contentType());
            exchange.getResponseHeaders().set("x-amzn-RequestId", new UUID(0, requests.incrementAndGet()).toString());
            exchange.sendResponseHeaders(status, body.size() == 0 ? -1 : body.size());
            body.writeTo(exchange.getResponseBody());
        }
    }

    /** Fills the body and answers with the status. */
    private int answer(HttpExchange exchange, WireFormat format, ByteArrayOutputStream body) throws IOException {
        try {
            Operation operation = operation(exchange);
            byte[] request = readRequest(exchange);
            try (JsonParser in = request.length == 0 ? WireFormat.JSON.parser(NO_FIELDS) : format.parser(request);
                    JsonGenerator out = format.generator(body)) {
                out.writeStartObject();
                operation.answer(in, new Reply(out, format));
                out.writeEndObject();
            }
            return 200;
        } catch (KinesisException e) {
            return refuse(format, body, 400, e.error().code(), e.getMessage());
        } catch (UnknownOperationException e) {
            return refuse(format, body, 400, "UnknownOperationException", e.getMessage());
        } catch (JsonProcessingException e) {
            return refuse(format, body, 400, "SerializationException", e.getOriginalMessage());
        } catch (RuntimeException e) {
            return refuse(format, body, 500, "InternalFailure", e.toString());
        }
    }

    private Operation operation(HttpExchange exchange) {
        String target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
        if (target == null || !target.startsWith(TARGET_HEAD)) {
            throw new UnknownOperationException("the header X-Amz-Target must name an operation of Kinesis: "
                    + TARGET_HEAD + "PutRecords for example; X-Amz-Target=" + target);
        }
        String name = target.substring(TARGET_HEAD.length());
        return operations
                .find(name)
                .orElseThrow(
                        () -> new UnknownOperationException("the local Kinesis does not have this operation: " + name));
    }

    private static byte[] readRequest(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readNBytes(REQUEST_BYTES_MAX + 1);
        if (body.length > REQUEST_BYTES_MAX) {
            throw new KinesisException(
                    KinesisError.VALIDATION, "the request is too large: maxBytes=" + REQUEST_BYTES_MAX);
        }
        return body;
    }

    private static int refuse(
            WireFormat format, ByteArrayOutputStream body, int status, String code, @Nullable String message)
            throws IOException {
        body.reset();
        try (JsonGenerator out = format.generator(body)) {
            out.writeStartObject();
            out.writeStringField("__type", code);
            out.writeStringField("message", message);
            out.writeEndObject();
        }
        return status;
    }

    /** Says that no operation has the name; common errors of the AWS JSON protocol, not one of the model's. */
    private static final class UnknownOperationException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        UnknownOperationException(String message) {
            super(message);
        }
    }
}
