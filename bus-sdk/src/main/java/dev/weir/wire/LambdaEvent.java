package dev.weir.wire;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.StreamWriteFeature;
import dev.weir.model.Digits;
import dev.weir.model.Record;
import dev.weir.model.SequenceNumber;
import java.io.CharConversionException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The event with which Lambda's event source mapping calls a function on a Kinesis stream. Source: AWS Lambda, "Using Lambda to process records from
 * Amazon Kinesis Data Streams".
 *
 * <p>Read and written as a stream; what Weir does not use is skipped, and fields may come in any order. Thread-safe: no state.
 */
public final class LambdaEvent {

    /** Longest base64 text of one record: 16 Mi characters, enough for the largest record, 10 MiB. */
    public static final int DATA_CHARS_MAX = 16 * 1024 * 1024;

    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxStringLength(DATA_CHARS_MAX)
                    .build())
            .disable(StreamReadFeature.AUTO_CLOSE_SOURCE)
            .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
            .build();

    private static final int MILLIS_DIGITS = 3;

    /** Digits of an arrival before the point, in seconds: with milliseconds they still fit into a long. */
    private static final int SECONDS_DIGITS_MAX = 15;

    private static final int SEQUENCE_DIGITS_MAX = 128;

    private LambdaEvent() {}

    /**
     * The records of an event, in order; does not close the stream.
     *
     * @throws IllegalArgumentException if this is no event from Kinesis
     * @throws UncheckedIOException if the stream cannot be read
     */
    public static List<Record> read(InputStream in) {
        try (JsonParser parser = JSON.createParser(in)) {
            return event(parser);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not an event from Kinesis: " + e.getOriginalMessage(), e);
        } catch (CharConversionException e) { // bytes that begin as UTF-16 or UTF-32 do
            throw new IllegalArgumentException("not an event from Kinesis: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the event", e);
        }
    }

    private static List<Record> event(JsonParser parser) throws IOException {
        require(parser.nextToken() == JsonToken.START_OBJECT, "it must be an object");
        List<Record> records = null;
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            boolean wanted = parser.currentName().equals("Records");
            JsonToken value = parser.nextToken();
            if (wanted) {
                require(value == JsonToken.START_ARRAY, "Records must be an array");
                records = records(parser);
            } else {
                parser.skipChildren();
            }
        }
        if (records == null) {
            throw notKinesis("it has no Records: is the function mapped to a stream?");
        }
        return records;
    }

    private static List<Record> records(JsonParser parser) throws IOException {
        var records = new ArrayList<Record>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            require(parser.currentToken() == JsonToken.START_OBJECT, "each of Records must be an object");
            records.add(record(parser));
        }
        return records;
    }

    private static Record record(JsonParser parser) throws IOException {
        Fields fields = null;
        String eventId = null;
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            parser.nextToken();
            switch (name) {
                case "kinesis" -> fields = Fields.read(parser);
                case "eventID" -> eventId = text(parser);
                default -> parser.skipChildren();
            }
        }
        if (fields == null) {
            throw notKinesis("a record has no field kinesis: is the function mapped to something else?");
        }
        int colon = eventId == null ? -1 : eventId.indexOf(':');
        if (eventId == null || colon < 1) {
            throw notKinesis("eventID must be a shard and a sequence number: eventID=" + eventId);
        }
        return fields.record(eventId.substring(0, colon));
    }

    /** What is read of {@code kinesis}. */
    private static final class Fields {
        private @Nullable String sequenceNumber;
        private @Nullable String partitionKey;
        private byte @Nullable [] data;
        private @Nullable BigDecimal arrivalSeconds;

        static Fields read(JsonParser parser) throws IOException {
            require(parser.currentToken() == JsonToken.START_OBJECT, "kinesis must be an object");
            var fields = new Fields();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                parser.nextToken();
                switch (name) {
                    case "sequenceNumber" -> fields.sequenceNumber = text(parser);
                    case "partitionKey" -> fields.partitionKey = text(parser);
                    case "data" -> fields.data = parser.getBinaryValue();
                    case "approximateArrivalTimestamp" -> fields.arrivalSeconds = seconds(parser);
                    default -> parser.skipChildren();
                }
            }
            return fields;
        }

        Record record(String shardId) {
            if (sequenceNumber == null || partitionKey == null || data == null || arrivalSeconds == null) {
                throw notKinesis(
                        "kinesis must have sequenceNumber, partitionKey, data and approximateArrivalTimestamp: sequenceNumber="
                                + sequenceNumber + " partitionKey=" + partitionKey);
            }
            require(isDecimal(sequenceNumber), "sequenceNumber must be a decimal number");
            long millis = arrivalSeconds.scaleByPowerOfTen(MILLIS_DIGITS).longValue();
            return new Record(shardId, new SequenceNumber(sequenceNumber), partitionKey, millis, data);
        }
    }

    /**
     * Writes records as the event of a mapping, with the fields and in the order that AWS documents; does not close the stream.
     *
     * @param streamArn {@code arn:aws:kinesis:<region>:<account>:stream/<name>}, which also gives {@code awsRegion}
     * @param roleArn the role under which the function runs: {@code invokeIdentityArn}
     * @throws IllegalArgumentException if {@code streamArn} is none
     * @throws UncheckedIOException if the stream cannot be written
     */
    public static void write(OutputStream out, String streamArn, String roleArn, List<Record> records) {
        String region = region(streamArn);
        try (JsonGenerator json = JSON.createGenerator(out, JsonEncoding.UTF8)) {
            json.writeStartObject();
            json.writeArrayFieldStart("Records");
            for (Record record : records) {
                json.writeStartObject();
                json.writeObjectFieldStart("kinesis");
                kinesis(json, record);
                json.writeEndObject();
                json.writeStringField("eventSource", "aws:kinesis");
                json.writeStringField("eventVersion", "1.0");
                json.writeStringField("eventID", record.shardId() + ":" + record.sequenceNumber());
                json.writeStringField("eventName", "aws:kinesis:record");
                json.writeStringField("invokeIdentityArn", roleArn);
                json.writeStringField("awsRegion", region);
                json.writeStringField("eventSourceARN", streamArn);
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the event: records=" + records.size(), e);
        }
    }

    private static void kinesis(JsonGenerator json, Record record) throws IOException {
        json.writeStringField("kinesisSchemaVersion", "1.0");
        json.writeStringField("partitionKey", record.partitionKey());
        json.writeStringField("sequenceNumber", record.sequenceNumber().digits());
        json.writeBinaryField("data", record.data());
        json.writeFieldName("approximateArrivalTimestamp");
        json.writeRawValue(
                BigDecimal.valueOf(record.arrivalMillis(), MILLIS_DIGITS).toPlainString());
    }

    private static String region(String streamArn) {
        String[] parts = streamArn.split(":", -1);
        if (parts.length != 6 || !parts[2].equals("kinesis") || !parts[5].startsWith("stream/")) {
            throw new IllegalArgumentException(
                    "streamArn must be arn:aws:kinesis:<region>:<account>:stream/<name>: streamArn=" + streamArn);
        }
        return parts[3];
    }

    /** Digits without a sign and without a zero before them: what a position is compared and stored by. */
    private static boolean isDecimal(String text) {
        return text.length() <= SEQUENCE_DIGITS_MAX && Digits.areWhole(text);
    }

    private static BigDecimal seconds(JsonParser parser) throws IOException {
        require(parser.currentToken().isNumeric(), parser.currentName() + " must be a number");
        try {
            BigDecimal seconds = parser.getDecimalValue();
            require((long) seconds.precision() - seconds.scale() <= SECONDS_DIGITS_MAX, "the arrival is out of range");
            return seconds;
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("not an event from Kinesis: the arrival is out of range", e);
        }
    }

    private static String text(JsonParser parser) throws IOException {
        require(parser.currentToken() == JsonToken.VALUE_STRING, parser.currentName() + " must be a string");
        return parser.getText();
    }

    private static void require(boolean holds, String what) {
        if (!holds) {
            throw notKinesis(what);
        }
    }

    private static IllegalArgumentException notKinesis(String what) {
        return new IllegalArgumentException("not an event from Kinesis: " + what);
    }
}
