package dev.weir.local.kinesis.server;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.weir.local.kinesis.ShardDetail;
import dev.weir.local.kinesis.ShardView;
import java.io.IOException;
import java.util.List;

/** Shards as replies show them (API reference, types Shard and ChildShard). */
final class ShardJson {

    private ShardJson() {}

    static void writeList(JsonGenerator out, String field, List<ShardDetail> shards) throws IOException {
        out.writeArrayFieldStart(field);
        for (ShardDetail shard : shards) {
            write(out, shard);
        }
        out.writeEndArray();
    }

    private static void write(JsonGenerator out, ShardDetail shard) throws IOException {
        ShardView view = shard.view();
        out.writeStartObject();
        out.writeStringField("ShardId", view.id());
        if (!view.parents().isEmpty()) {
            out.writeStringField("ParentShardId", view.parents().getFirst());
        }
        if (view.parents().size() > 1) {
            out.writeStringField("AdjacentParentShardId", view.parents().get(1));
        }
        writeRange(out, view);
        out.writeObjectFieldStart("SequenceNumberRange");
        out.writeStringField("StartingSequenceNumber", shard.startingSequenceNumber());
        String ending = view.endingSequenceNumber();
        if (ending != null) {
            out.writeStringField("EndingSequenceNumber", ending);
        }
        out.writeEndObject();
        out.writeEndObject();
    }

    static void writeChildren(JsonGenerator out, List<ShardView> children) throws IOException {
        out.writeArrayFieldStart("ChildShards");
        for (ShardView child : children) {
            out.writeStartObject();
            out.writeStringField("ShardId", child.id());
            out.writeArrayFieldStart("ParentShards");
            for (String parent : child.parents()) {
                out.writeString(parent);
            }
            out.writeEndArray();
            writeRange(out, child);
            out.writeEndObject();
        }
        out.writeEndArray();
    }

    private static void writeRange(JsonGenerator out, ShardView view) throws IOException {
        out.writeObjectFieldStart("HashKeyRange");
        out.writeStringField("StartingHashKey", view.firstHash().toString());
        out.writeStringField("EndingHashKey", view.lastHash().toString());
        out.writeEndObject();
    }
}
