package dev.weir.local.kinesis.server;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import dev.weir.local.kinesis.GetResult;
import dev.weir.local.kinesis.KinesisError;
import dev.weir.local.kinesis.KinesisException;
import dev.weir.local.kinesis.KinesisLimits;
import dev.weir.local.kinesis.KinesisModel;
import dev.weir.local.kinesis.Position;
import dev.weir.local.kinesis.PutRequest;
import dev.weir.local.kinesis.PutResult;
import dev.weir.local.kinesis.StoredRecord;
import java.io.IOException;
import java.util.List;

/** Operations on records. */
record RecordOperations(KinesisModel model) {

    /** SequenceNumberForOrdering is taken and has no effect: numbers increase in any case. */
    void put(RequestFields request, Reply reply) throws IOException {
        var record = new PutRequest(
                request.requireText("PartitionKey"),
                request.hashKey("ExplicitHashKey").orElse(null),
                request.requireBlob("Data"));
        switch (model.put(request.stream(), record)) {
            case PutResult.Refused refused -> throw new KinesisException(refused.error(), refused.message());
            case PutResult.Stored stored -> writeStored(reply.out(), stored);
        }
    }

    void putAll(JsonParser request, Reply reply) throws IOException {
        PutRecordsRequest batch = PutRecordsRequest.read(request);
        List<PutResult> results = model.putAll(batch.stream(), batch.records());
        JsonGenerator out = reply.out();
        reply.number(
                "FailedRecordCount",
                results.stream().filter(PutResult.Refused.class::isInstance).count());
        out.writeArrayFieldStart("Records");
        for (PutResult result : results) {
            out.writeStartObject();
            switch (result) {
                case PutResult.Stored stored -> writeStored(out, stored);
                case PutResult.Refused refused -> {
                    out.writeStringField("ErrorCode", refused.error().code());
                    out.writeStringField("ErrorMessage", refused.message());
                }
            }
            out.writeEndObject();
        }
        out.writeEndArray();
    }

    private static void writeStored(JsonGenerator out, PutResult.Stored stored) throws IOException {
        out.writeStringField("ShardId", stored.shardId());
        out.writeStringField("SequenceNumber", stored.sequenceNumber());
    }

    void iterator(RequestFields request, Reply reply) throws IOException {
        String type = request.requireText("ShardIteratorType");
        Position position =
                switch (type) {
                    case "TRIM_HORIZON" -> new Position.TrimHorizon();
                    case "LATEST" -> new Position.Latest();
                    case "AT_SEQUENCE_NUMBER" -> new Position.At(startingNumber(request, type));
                    case "AFTER_SEQUENCE_NUMBER" -> new Position.After(startingNumber(request, type));
                    case "AT_TIMESTAMP" -> new Position.AtTimestamp(startingTime(request));
                    default ->
                        throw new KinesisException(
                                KinesisError.VALIDATION, "unknown iterator type: ShardIteratorType=" + type);
                };
        reply.text("ShardIterator", model.iterator(request.stream(), request.requireShardId("ShardId"), position));
    }

    private static String startingNumber(RequestFields request, String type) {
        return request.sequenceNumber("StartingSequenceNumber")
                .orElseThrow(() -> new KinesisException(
                        KinesisError.INVALID_ARGUMENT, "StartingSequenceNumber is needed: ShardIteratorType=" + type));
    }

    private static long startingTime(RequestFields request) {
        return request.timestamp("Timestamp")
                .orElseThrow(() -> new KinesisException(
                        KinesisError.INVALID_ARGUMENT, "Timestamp is needed: ShardIteratorType=AT_TIMESTAMP"));
    }

    void get(RequestFields request, Reply reply) throws IOException {
        int limit = request.number("Limit").orElse(KinesisLimits.RECORDS_PER_GET_MAX);
        GetResult result = model.get(request.requireText("ShardIterator"), limit);
        JsonGenerator out = reply.out();
        out.writeArrayFieldStart("Records");
        for (StoredRecord record : result.records()) {
            out.writeStartObject();
            out.writeStringField("SequenceNumber", record.sequenceNumber());
            reply.timestamp("ApproximateArrivalTimestamp", record.arrivalMillis());
            out.writeBinaryField("Data", record.data());
            out.writeStringField("PartitionKey", record.partitionKey());
            out.writeEndObject();
        }
        out.writeEndArray();
        String next = result.nextIterator();
        if (next != null) {
            reply.text("NextShardIterator", next);
        }
        reply.number("MillisBehindLatest", result.millisBehindLatest());
        if (!result.childShards().isEmpty()) {
            ShardJson.writeChildren(out, result.childShards());
        }
    }
}
