package dev.weir.local.feed;

import dev.weir.local.mapping.Position;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.DescribeStreamResponse;
import software.amazon.awssdk.services.dynamodb.model.ExpiredIteratorException;
import software.amazon.awssdk.services.dynamodb.model.GetRecordsResponse;
import software.amazon.awssdk.services.dynamodb.model.GetShardIteratorRequest;
import software.amazon.awssdk.services.dynamodb.model.Record;
import software.amazon.awssdk.services.dynamodb.model.Shard;
import software.amazon.awssdk.services.dynamodb.model.ShardIteratorType;
import software.amazon.awssdk.services.dynamodb.model.TrimmedDataAccessException;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

/** The shards of a DynamoDB stream, read page by page. Not thread-safe. */
final class TableShards {

    /** Most changes of a page. */
    static final int PAGE_MAX = 500;

    private final DynamoDbStreamsClient client;
    private final String streamArn;
    private final Map<String, String> iterators = new HashMap<>();

    /**
     * A page.
     *
     * @param isEnd whether the shard is closed and this was all of it
     */
    record Read(List<Record> records, boolean isEnd) {}

    TableShards(DynamoDbStreamsClient client, String streamArn) {
        this.client = client;
        this.streamArn = streamArn;
    }

    /** Those that are there, parents before children, as the service lists them. */
    List<Shard> list() {
        List<Shard> shards = new ArrayList<>();
        @Nullable String after = null;
        do {
            String from = after;
            DescribeStreamResponse page = client.describeStream(
                    describe -> describe.streamArn(streamArn).exclusiveStartShardId(from));
            shards.addAll(page.streamDescription().shards());
            after = page.streamDescription().lastEvaluatedShardId();
        } while (after != null);
        return shards;
    }

    /** The next page of a shard, or at first the one behind a position. */
    Read read(String shardId, Position position) {
        String iterator = iterators.computeIfAbsent(shardId, id -> iterator(id, position));
        try {
            GetRecordsResponse page =
                    client.getRecords(get -> get.shardIterator(iterator).limit(PAGE_MAX));
            if (page.nextShardIterator() == null) {
                iterators.remove(shardId);
                return new Read(page.records(), true);
            }
            iterators.put(shardId, page.nextShardIterator());
            return new Read(page.records(), false);
        } catch (ExpiredIteratorException | TrimmedDataAccessException e) {
            iterators.remove(shardId);
            return new Read(List.of(), false);
        }
    }

    /** Reads the next page of the shard from its position again. */
    void forget(String shardId) {
        iterators.remove(shardId);
    }

    private String iterator(String shardId, Position position) {
        GetShardIteratorRequest.Builder request =
                GetShardIteratorRequest.builder().streamArn(streamArn).shardId(shardId);
        if (position instanceof Position.After(var sequenceNumber)) {
            try {
                return client.getShardIterator(request.shardIteratorType(ShardIteratorType.AFTER_SEQUENCE_NUMBER)
                                .sequenceNumber(sequenceNumber.digits())
                                .build())
                        .shardIterator();
            } catch (TrimmedDataAccessException e) {
                // what followed it is gone too, up to the oldest that is left
                request.sequenceNumber(null);
            }
        }
        return client.getShardIterator(request.shardIteratorType(ShardIteratorType.TRIM_HORIZON)
                        .build())
                .shardIterator();
    }
}
