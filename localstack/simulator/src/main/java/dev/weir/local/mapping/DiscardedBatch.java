package dev.weir.local.mapping;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.UUID;

/**
 * Records that the mapping gave up, with what an operator needs to find and replay them.
 *
 * @param batch the records and how often they were tried
 * @param condition why
 * @param settings of the mapping, for the ARNs
 * @param event the event that holds these records, as the function would get it
 */
public record DiscardedBatch(Batch batch, Condition condition, MappingSettings settings, byte[] event) {

    /** Why records were given up. */
    public enum Condition {
        RETRY_ATTEMPTS_EXHAUSTED("RetryAttemptsExhausted"),
        RECORD_AGE_EXCEEDED("RecordAgeExceeded"),
        /** One record alone makes an event above the payload limit. The name is ours: AWS documents none. */
        RECORD_TOO_LARGE("RecordTooLarge");

        private final String text;

        Condition(String text) {
            this.text = text;
        }

        public String text() {
            return text;
        }
    }

    private static final JsonFactory JSON = new JsonFactory();
    private static final DateTimeFormatter ISO = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    /**
     * The invocation record in the format of Lambda's S3 destination: metadata, and the event as a text in {@code payload}.
     *
     * <p>Source: AWS Lambda Developer Guide, "Retain discarded batch records for a Kinesis Data Streams event source".
     *
     * @param nowMillis time of the discard, milliseconds since the epoch
     */
    public byte[] toJson(long nowMillis) {
        var out = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(out)) {
            json.writeStartObject();
            writeContexts(json);
            json.writeStringField("version", "1.0");
            json.writeStringField("timestamp", iso(nowMillis));
            writeBatchInfo(json);
            json.writeStringField("payload", new String(event, StandardCharsets.UTF_8));
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory does not fail", e);
        }
        return out.toByteArray();
    }

    private void writeContexts(JsonGenerator json) throws IOException {
        json.writeObjectFieldStart("requestContext");
        json.writeStringField("requestId", requestId());
        json.writeStringField("functionArn", settings.functionArn());
        json.writeStringField("condition", condition.text());
        json.writeNumberField("approximateInvokeCount", batch.invocations());
        json.writeEndObject();
        if (batch.invocations() > 0) {
            json.writeObjectFieldStart("responseContext");
            json.writeNumberField("statusCode", 200);
            json.writeStringField("executedVersion", "$LATEST");
            json.writeStringField("functionError", "Unhandled");
            json.writeEndObject();
        }
    }

    private void writeBatchInfo(JsonGenerator json) throws IOException {
        json.writeObjectFieldStart("KinesisBatchInfo");
        json.writeStringField("shardId", batch.first().shardId());
        json.writeStringField(
                "startSequenceNumber", batch.first().sequenceNumber().digits());
        json.writeStringField("endSequenceNumber", batch.last().sequenceNumber().digits());
        json.writeStringField(
                "approximateArrivalOfFirstRecord", iso(batch.first().arrivalMillis()));
        json.writeStringField("approximateArrivalOfLastRecord", iso(batch.last().arrivalMillis()));
        json.writeNumberField("batchSize", batch.size());
        json.writeStringField("streamArn", settings.streamArn());
        json.writeEndObject();
    }

    /** Follows from the content, so that the same discard delivered twice is recognizable. */
    private String requestId() {
        String content = settings.streamArn() + " " + batch.first().shardId() + " "
                + batch.first().sequenceNumber() + " " + batch.last().sequenceNumber() + " " + condition;
        return UUID.nameUUIDFromBytes(content.getBytes(StandardCharsets.UTF_8)).toString();
    }

    private static String iso(long epochMillis) {
        return ISO.format(Instant.ofEpochMilli(epochMillis));
    }
}
