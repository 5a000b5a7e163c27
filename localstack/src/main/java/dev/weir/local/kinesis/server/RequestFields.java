package dev.weir.local.kinesis.server;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.weir.local.kinesis.KinesisError;
import dev.weir.local.kinesis.KinesisException;
import java.io.IOException;
import java.math.BigInteger;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The fields of a small request. A field that is absent or null is empty; one of the wrong type or shape is a ValidationException, as for
 * the service. Names of fields are those of the API reference.
 */
record RequestFields(JsonNode node, WireFormat format) {

    /** Source: API reference, pattern of hash keys. */
    private static final Pattern HASH_KEY = Pattern.compile("0|[1-9]\\d{0,38}");

    /** Source: API reference, pattern of shard ids; they have up to 128 characters. */
    private static final Pattern SHARD_ID = Pattern.compile("[a-zA-Z0-9_.-]{1,128}");

    /** Source: API reference, pattern of sequence numbers. */
    private static final Pattern SEQUENCE_NUMBER = Pattern.compile("0|[1-9]\\d{0,128}");

    static RequestFields read(JsonParser request, WireFormat format) throws IOException {
        JsonNode node = request.readValueAsTree();
        if (node == null || !node.isObject()) {
            throw new KinesisException(KinesisError.VALIDATION, "the request must be an object");
        }
        return new RequestFields(node, format);
    }

    String stream() {
        return StreamNames.of(text("StreamName").orElse(null), text("StreamARN").orElse(null));
    }

    Optional<String> text(String field) {
        return value(field).map(value -> value.isTextual() ? value.textValue() : wrong(field, "text"));
    }

    String requireText(String field) {
        return text(field).orElseThrow(() -> missing(field));
    }

    /** Well-formed, and not more than that. */
    String requireShardId(String field) {
        return matching(SHARD_ID, field, requireText(field));
    }

    Optional<String> sequenceNumber(String field) {
        return text(field).map(text -> matching(SEQUENCE_NUMBER, field, text));
    }

    Optional<Integer> number(String field) {
        return value(field)
                .map(value -> value.isIntegralNumber() && value.canConvertToInt()
                        ? value.intValue()
                        : wrong(field, "a whole number"));
    }

    int requireNumber(String field) {
        return number(field).orElseThrow(() -> missing(field));
    }

    /** A bound on how much a reply holds: the default where absent. */
    int numberBetween(String field, int least, int most, int absent) {
        int value = number(field).orElse(absent);
        return value >= least && value <= most ? value : wrong(field, "between " + least + " and " + most);
    }

    Optional<Long> timestamp(String field) {
        return value(field)
                .map(value ->
                        value.isNumber() ? Long.valueOf(format.readTimestamp(value)) : wrong(field, "a timestamp"));
    }

    byte[] requireBlob(String field) throws IOException {
        byte[] bytes = value(field).orElseThrow(() -> missing(field)).binaryValue();
        return bytes != null ? bytes : wrong(field, "bytes");
    }

    Optional<BigInteger> hashKey(String field) {
        return text(field).map(text -> hashKey(field, text));
    }

    static BigInteger hashKey(String field, String decimal) {
        return new BigInteger(matching(HASH_KEY, field, decimal));
    }

    private static String matching(Pattern pattern, String field, String text) {
        if (!pattern.matcher(text).matches()) {
            throw new KinesisException(
                    KinesisError.VALIDATION, field + " must match " + pattern.pattern() + ": " + field + "=" + text);
        }
        return text;
    }

    /** The fields of an object within the request; none if it is absent. */
    Optional<RequestFields> object(String field) {
        return value(field)
                .map(value -> new RequestFields(value.isObject() ? value : MissingNode.getInstance(), format));
    }

    static KinesisException missing(String field) {
        return new KinesisException(
                KinesisError.VALIDATION, "1 validation error detected: " + field + " must not be null");
    }

    private Optional<JsonNode> value(String field) {
        return Optional.ofNullable(node.get(field)).filter(value -> !value.isNull());
    }

    private <T> T wrong(String field, String expected) {
        throw new KinesisException(
                KinesisError.VALIDATION,
                "1 validation error detected: " + field + " must be " + expected + ": " + field + "="
                        + node.get(field));
    }
}
