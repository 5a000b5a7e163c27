package dev.weir.local.kinesis.server;

import dev.weir.local.kinesis.KinesisError;
import dev.weir.local.kinesis.KinesisException;
import dev.weir.local.kinesis.KinesisModel;
import dev.weir.local.kinesis.ShardDetail;
import dev.weir.local.kinesis.ShardFilter;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Operations on shards. */
record ShardOperations(KinesisModel model) {

    private static final int LISTED_SHARDS_MAX = 10_000;
    private static final int LISTED_SHARDS_DEFAULT = 1000;

    void list(RequestFields request, Reply reply) throws IOException {
        int limit = request.numberBetween("MaxResults", 1, LISTED_SHARDS_MAX, LISTED_SHARDS_DEFAULT);
        ShardPage from = page(request);
        List<ShardDetail> rest = model.listShards(from.stream(), from.filter()).stream()
                .filter(shard -> shard.view().id().compareTo(from.afterShardId()) > 0)
                .toList();
        List<ShardDetail> shown = rest.subList(0, Math.min(limit, rest.size()));
        ShardJson.writeList(reply.out(), "Shards", shown);
        if (shown.size() < rest.size()) {
            reply.text("NextToken", from.after(shown.getLast().view().id()).text());
        }
    }

    /** What to list: a token says it all, so nothing may stand beside it. */
    private static ShardPage page(RequestFields request) {
        Optional<String> token = request.text("NextToken");
        if (token.isEmpty()) {
            String after = request.text("ExclusiveStartShardId").orElse("");
            return new ShardPage(request.stream(), after, filter(request));
        }
        if (request.text("StreamName").isPresent()
                || request.text("ExclusiveStartShardId").isPresent()) {
            throw new KinesisException(
                    KinesisError.INVALID_ARGUMENT,
                    "NextToken and StreamName or ExclusiveStartShardId cannot be provided together.");
        }
        return ShardPage.parse(token.get());
    }

    private static ShardFilter filter(RequestFields request) {
        Optional<RequestFields> filter = request.object("ShardFilter");
        if (filter.isEmpty()) {
            return new ShardFilter.All();
        }
        RequestFields fields = filter.get();
        String type = fields.requireText("Type");
        return switch (type) {
            case "AT_LATEST" -> new ShardFilter.AtLatest();
            case "AT_TRIM_HORIZON" -> new ShardFilter.AtTrimHorizon();
            case "FROM_TRIM_HORIZON" -> new ShardFilter.FromTrimHorizon();
            case "AT_TIMESTAMP" -> new ShardFilter.AtTimestamp(filterTime(fields, type));
            case "FROM_TIMESTAMP" -> new ShardFilter.FromTimestamp(filterTime(fields, type));
            case "AFTER_SHARD_ID" -> new ShardFilter.AfterShard(fields.requireShardId("ShardId"));
            default -> throw new KinesisException(KinesisError.VALIDATION, "unknown shard filter: Type=" + type);
        };
    }

    /** No field of a filter is required but its type, so what the type needs and is not there is an argument that makes no sense. */
    private static long filterTime(RequestFields filter, String type) {
        return filter.timestamp("Timestamp")
                .orElseThrow(() -> new KinesisException(
                        KinesisError.INVALID_ARGUMENT, "Timestamp is needed: ShardFilter.Type=" + type));
    }

    void split(RequestFields request, Reply reply) {
        model.splitShard(
                request.stream(),
                request.requireShardId("ShardToSplit"),
                request.hashKey("NewStartingHashKey").orElseThrow(() -> RequestFields.missing("NewStartingHashKey")));
    }

    void merge(RequestFields request, Reply reply) {
        model.mergeShards(
                request.stream(),
                request.requireShardId("ShardToMerge"),
                request.requireShardId("AdjacentShardToMerge"));
    }
}
