package dev.weir.local.kinesis.server;

import static java.util.Map.entry;

import dev.weir.local.kinesis.KinesisModel;
import java.util.Map;
import java.util.Optional;

/** The operations that the server knows, by the name in {@code X-Amz-Target}. Enhanced fan-out, tags and encryption are not among them. */
final class Operations {

    private final Map<String, Operation> byName;

    Operations(KinesisModel model) {
        var streams = new StreamOperations(model);
        var shards = new ShardOperations(model);
        var records = new RecordOperations(model);
        this.byName = Map.ofEntries(
                entry("CreateStream", onFields(streams::create)),
                entry("DeleteStream", onFields(streams::delete)),
                entry("ListStreams", onFields(streams::list)),
                entry("DescribeStream", onFields(streams::describe)),
                entry("DescribeStreamSummary", onFields(streams::summarize)),
                entry("IncreaseStreamRetentionPeriod", onFields(streams::increaseRetention)),
                entry("DecreaseStreamRetentionPeriod", onFields(streams::decreaseRetention)),
                entry("UpdateShardCount", onFields(streams::updateShardCount)),
                entry("ListShards", onFields(shards::list)),
                entry("SplitShard", onFields(shards::split)),
                entry("MergeShards", onFields(shards::merge)),
                entry("PutRecord", onFields(records::put)),
                entry("PutRecords", records::putAll),
                entry("GetShardIterator", onFields(records::iterator)),
                entry("GetRecords", onFields(records::get)));
    }

    Optional<Operation> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    private static Operation onFields(Operation.OnFields operation) {
        return operation.reading();
    }
}
