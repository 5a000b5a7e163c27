package dev.weir.local.kinesis.server;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.cbor.CBORGenerator;
import com.fasterxml.jackson.dataformat.cbor.databind.CBORMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * The two encodings of a request and its reply; one set of parser and generator calls serves both. Thread-safe.
 *
 * <p>They differ in blobs (base64 text, byte strings), which Jackson hides, and in timestamps: JSON has seconds with a fraction, CBOR has
 * tag 1 and milliseconds, as the AWS SDK for Java writes and reads it.
 */
enum WireFormat {
    JSON("application/x-amz-json-1.1"),
    CBOR("application/x-amz-cbor-1.1");

    private static final int EPOCH_TIME_TAG = 1;
    private static final ObjectMapper JSON_MAPPER = new ObjectMapper();
    private static final ObjectMapper CBOR_MAPPER = new CBORMapper();

    private final String contentType;

    WireFormat(String contentType) {
        this.contentType = contentType;
    }

    /** CBOR if the content type says so, else JSON. */
    static WireFormat of(@Nullable String contentType) {
        return contentType != null && contentType.startsWith(CBOR.contentType) ? CBOR : JSON;
    }

    String contentType() {
        return contentType;
    }

    JsonParser parser(byte[] body) throws IOException {
        return mapper().createParser(body);
    }

    JsonGenerator generator(OutputStream out) throws IOException {
        return mapper().createGenerator(out);
    }

    private ObjectMapper mapper() {
        return switch (this) {
            case JSON -> JSON_MAPPER;
            case CBOR -> CBOR_MAPPER;
        };
    }

    void writeTimestamp(JsonGenerator out, String field, long epochMillis) throws IOException {
        out.writeFieldName(field);
        if (out instanceof CBORGenerator cbor) {
            cbor.writeTag(EPOCH_TIME_TAG);
            cbor.writeNumber(epochMillis);
        } else {
            out.writeNumber(BigDecimal.valueOf(epochMillis, 3));
        }
    }

    /** Milliseconds since the epoch; a fraction of a millisecond is dropped. */
    long readTimestamp(JsonNode number) {
        boolean millis = this == CBOR && number.isIntegralNumber();
        return millis
                ? number.longValue()
                : number.decimalValue().movePointRight(3).longValue();
    }
}
