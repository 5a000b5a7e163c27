package dev.weir.local.kinesis.server;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.weir.local.kinesis.KinesisError;
import dev.weir.local.kinesis.KinesisException;
import dev.weir.local.kinesis.PutRequest;
import java.io.IOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A PutRecords request, read field by field: its blobs go from the wire into their arrays, with no tree between. */
record PutRecordsRequest(String stream, List<PutRequest> records) {

    static PutRecordsRequest read(JsonParser in) throws IOException {
        expect(in, JsonToken.START_OBJECT);
        String name = null;
        String arn = null;
        List<PutRequest> records = null;
        while (in.nextToken() == JsonToken.FIELD_NAME) {
            String field = in.currentName();
            in.nextToken();
            switch (field) {
                case "StreamName" -> name = text(in);
                case "StreamARN" -> arn = text(in);
                case "Records" -> records = readRecords(in);
                default -> in.skipChildren();
            }
        }
        if (records == null) {
            throw RequestFields.missing("Records");
        }
        return new PutRecordsRequest(StreamNames.of(name, arn), records);
    }

    private static List<PutRequest> readRecords(JsonParser in) throws IOException {
        if (in.currentToken() != JsonToken.START_ARRAY) {
            throw wrong(in, JsonToken.START_ARRAY);
        }
        List<PutRequest> records = new ArrayList<>();
        while (in.nextToken() == JsonToken.START_OBJECT) {
            records.add(readRecord(in));
        }
        return records;
    }

    private static PutRequest readRecord(JsonParser in) throws IOException {
        byte[] data = null;
        String key = null;
        BigInteger hash = null;
        while (in.nextToken() == JsonToken.FIELD_NAME) {
            String field = in.currentName();
            in.nextToken();
            switch (field) {
                case "Data" -> data = in.getBinaryValue();
                case "PartitionKey" -> key = text(in);
                case "ExplicitHashKey" -> hash = hash(text(in));
                default -> in.skipChildren();
            }
        }
        if (data == null) {
            throw RequestFields.missing("Data");
        }
        if (key == null) {
            throw RequestFields.missing("PartitionKey");
        }
        return new PutRequest(key, hash, data);
    }

    private static @Nullable BigInteger hash(@Nullable String decimal) {
        return decimal == null ? null : RequestFields.hashKey("ExplicitHashKey", decimal);
    }

    private static @Nullable String text(JsonParser in) throws IOException {
        return in.currentToken() == JsonToken.VALUE_NULL ? null : in.getText();
    }

    private static void expect(JsonParser in, JsonToken token) throws IOException {
        if (in.nextToken() != token) {
            throw wrong(in, token);
        }
    }

    private static KinesisException wrong(JsonParser in, JsonToken expected) {
        return new KinesisException(
                KinesisError.VALIDATION, "malformed request: expected=" + expected + " found=" + in.currentToken());
    }
}
