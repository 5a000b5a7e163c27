package dev.weir.local.feed;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Record;
import software.amazon.awssdk.services.dynamodb.model.StreamRecord;

/** The event that Lambda gives to a function for changes of a table. Source: Lambda developer guide, "Using Lambda with DynamoDB". */
final class TableEventJson {
    private static final JsonFactory JSON = new JsonFactory();

    private final String streamArn;
    private final String region;

    TableEventJson(String streamArn, String region) {
        this.streamArn = streamArn;
        this.region = region;
    }

    byte[] write(List<Record> records) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024 * records.size());
        try (JsonGenerator out = JSON.createGenerator(bytes)) {
            out.writeStartObject();
            out.writeArrayFieldStart("Records");
            for (Record change : records) {
                record(out, change);
            }
            out.writeEndArray();
            out.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("memory cannot be written to", e);
        }
        return bytes.toByteArray();
    }

    private void record(JsonGenerator out, Record change) throws IOException {
        StreamRecord data = change.dynamodb();
        out.writeStartObject();
        out.writeStringField("eventID", change.eventID());
        out.writeStringField("eventName", change.eventNameAsString());
        out.writeStringField("eventVersion", "1.1");
        out.writeStringField("eventSource", "aws:dynamodb");
        out.writeStringField("awsRegion", region);
        out.writeObjectFieldStart("dynamodb");
        if (data.approximateCreationDateTime() != null) {
            out.writeNumberField(
                    "ApproximateCreationDateTime",
                    data.approximateCreationDateTime().getEpochSecond());
        }
        image(out, "Keys", data.keys());
        image(out, "NewImage", data.newImage());
        image(out, "OldImage", data.oldImage());
        out.writeStringField("SequenceNumber", data.sequenceNumber());
        out.writeNumberField("SizeBytes", data.sizeBytes() == null ? 0 : data.sizeBytes());
        out.writeStringField("StreamViewType", data.streamViewTypeAsString());
        out.writeEndObject();
        out.writeStringField("eventSourceARN", streamArn);
        out.writeEndObject();
    }

    /** A change that made an item has no old image, one that removed it no new one. */
    private static void image(JsonGenerator out, String field, Map<String, AttributeValue> item) throws IOException {
        if (item.isEmpty()) {
            return;
        }
        out.writeFieldName(field);
        attributes(out, item);
    }

    private static void attributes(JsonGenerator out, Map<String, AttributeValue> item) throws IOException {
        out.writeStartObject();
        for (Map.Entry<String, AttributeValue> attribute : item.entrySet()) {
            out.writeFieldName(attribute.getKey());
            value(out, attribute.getValue());
        }
        out.writeEndObject();
    }

    private static void value(JsonGenerator out, AttributeValue value) throws IOException {
        out.writeStartObject();
        switch (value.type()) {
            case S -> out.writeStringField("S", value.s());
            case N -> out.writeStringField("N", value.n());
            case B -> out.writeBinaryField("B", value.b().asByteArray());
            case BOOL -> out.writeBooleanField("BOOL", value.bool());
            case NUL -> out.writeBooleanField("NULL", true);
            case M -> {
                out.writeFieldName("M");
                attributes(out, value.m());
            }
            case L -> {
                out.writeArrayFieldStart("L");
                for (AttributeValue element : value.l()) {
                    value(out, element);
                }
                out.writeEndArray();
            }
            case SS -> texts(out, "SS", value.ss());
            case NS -> texts(out, "NS", value.ns());
            case BS -> {
                out.writeArrayFieldStart("BS");
                for (SdkBytes element : value.bs()) {
                    out.writeBinary(element.asByteArray());
                }
                out.writeEndArray();
            }
            // DynamoDB Local 3.3.1 writes an empty map of a change without its type.
            case UNKNOWN_TO_SDK_VERSION -> {
                out.writeFieldName("M");
                attributes(out, Map.of());
            }
        }
        out.writeEndObject();
    }

    private static void texts(JsonGenerator out, String type, List<String> texts) throws IOException {
        out.writeArrayFieldStart(type);
        for (String text : texts) {
            out.writeString(text);
        }
        out.writeEndArray();
    }
}
