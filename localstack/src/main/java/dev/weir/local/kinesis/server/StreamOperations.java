package dev.weir.local.kinesis.server;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.weir.local.kinesis.KinesisError;
import dev.weir.local.kinesis.KinesisException;
import dev.weir.local.kinesis.KinesisModel;
import dev.weir.local.kinesis.ShardDetail;
import dev.weir.local.kinesis.ShardFilter;
import dev.weir.local.kinesis.StreamSummary;
import java.io.IOException;
import java.util.List;

/**
 * Operations on streams. Every stream is shown as ACTIVE and PROVISIONED; one that is created ON_DEMAND begins with
 * {@value #ON_DEMAND_SHARDS} shards, as the service does, and does not scale by itself.
 */
record StreamOperations(KinesisModel model) {

    private static final int ON_DEMAND_SHARDS = 4;
    private static final int DESCRIBED_SHARDS_MAX = 10_000;
    private static final int DESCRIBED_SHARDS_DEFAULT = 100;
    private static final int LISTED_STREAMS_MAX = 10_000;
    private static final int LISTED_STREAMS_DEFAULT = 100;

    void create(RequestFields request, Reply reply) {
        String name = request.requireText("StreamName");
        boolean onDemand = request.object("StreamModeDetails")
                .flatMap(mode -> mode.text("StreamMode"))
                .filter("ON_DEMAND"::equals)
                .isPresent();
        model.createStream(name, onDemand ? ON_DEMAND_SHARDS : request.requireNumber("ShardCount"));
    }

    void delete(RequestFields request, Reply reply) {
        model.deleteStream(request.stream());
    }

    void list(RequestFields request, Reply reply) throws IOException {
        int limit = request.numberBetween("Limit", 1, LISTED_STREAMS_MAX, LISTED_STREAMS_DEFAULT);
        String after = request.text("NextToken")
                .or(() -> request.text("ExclusiveStartStreamName"))
                .orElse("");
        List<String> rest = model.streams().stream()
                .filter(name -> name.compareTo(after) > 0)
                .toList();
        List<String> page = rest.subList(0, Math.min(limit, rest.size()));
        boolean more = page.size() < rest.size();
        reply.out().writeArrayFieldStart("StreamNames");
        for (String name : page) {
            reply.out().writeString(name);
        }
        reply.out().writeEndArray();
        reply.flag("HasMoreStreams", more);
        if (more) {
            reply.text("NextToken", page.getLast());
        }
    }

    void describe(RequestFields request, Reply reply) throws IOException {
        String stream = request.stream();
        int limit = request.numberBetween("Limit", 1, DESCRIBED_SHARDS_MAX, DESCRIBED_SHARDS_DEFAULT);
        String after = request.text("ExclusiveStartShardId").orElse("");
        StreamSummary summary = model.describe(stream);
        List<ShardDetail> rest = model.listShards(stream, new ShardFilter.AfterShard(after));
        JsonGenerator out = reply.out();
        out.writeObjectFieldStart("StreamDescription");
        writeCommon(summary, reply);
        ShardJson.writeList(out, "Shards", rest.subList(0, Math.min(limit, rest.size())));
        reply.flag("HasMoreShards", rest.size() > limit);
        out.writeEndObject();
    }

    void summarize(RequestFields request, Reply reply) throws IOException {
        StreamSummary summary = model.describe(request.stream());
        reply.out().writeObjectFieldStart("StreamDescriptionSummary");
        writeCommon(summary, reply);
        reply.number("OpenShardCount", summary.openShards());
        reply.number("ConsumerCount", 0);
        reply.out().writeEndObject();
    }

    void increaseRetention(RequestFields request, Reply reply) {
        model.increaseRetention(request.stream(), request.requireNumber("RetentionPeriodHours"));
    }

    void decreaseRetention(RequestFields request, Reply reply) {
        model.decreaseRetention(request.stream(), request.requireNumber("RetentionPeriodHours"));
    }

    void updateShardCount(RequestFields request, Reply reply) throws IOException {
        String stream = request.stream();
        int target = request.requireNumber("TargetShardCount");
        if (target < 1) {
            throw new KinesisException(
                    KinesisError.VALIDATION, "a stream has at least one shard: TargetShardCount=" + target);
        }
        String type = request.requireText("ScalingType");
        if (!type.equals("UNIFORM_SCALING")) {
            throw new KinesisException(
                    KinesisError.VALIDATION, "ScalingType must be UNIFORM_SCALING: ScalingType=" + type);
        }
        int before = model.updateShardCount(stream, target);
        reply.text("StreamName", stream);
        reply.text("StreamARN", StreamNames.arn(stream));
        reply.number("CurrentShardCount", before);
        reply.number("TargetShardCount", target);
    }

    private static void writeCommon(StreamSummary summary, Reply reply) throws IOException {
        reply.text("StreamName", summary.name());
        reply.text("StreamARN", StreamNames.arn(summary.name()));
        reply.text("StreamStatus", "ACTIVE");
        reply.out().writeObjectFieldStart("StreamModeDetails");
        reply.text("StreamMode", "PROVISIONED");
        reply.out().writeEndObject();
        reply.number("RetentionPeriodHours", summary.retentionHours());
        reply.timestamp("StreamCreationTimestamp", summary.createdMillis());
        reply.out().writeArrayFieldStart("EnhancedMonitoring");
        reply.out().writeEndArray();
        reply.text("EncryptionType", "NONE");
    }
}
