package dev.weir.local.mapping;

import dev.weir.model.Record;
import dev.weir.model.SequenceNumber;
import dev.weir.port.Shard;
import dev.weir.port.Time;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.ExpiredIteratorException;
import software.amazon.awssdk.services.kinesis.model.GetRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.GetShardIteratorRequest;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;

/**
 * A stream behind the AWS SDK: an emulator with an endpoint of its own, or AWS. Polls. Thread-safe; one thread a shard.
 *
 * <p>GetRecords knows no limit of bytes, so one read may hold 10 MB. An iterator is kept for each shard; a restart gets a new one.
 */
public final class KinesisClientShards implements ShardSource {
    /** Twice as often as AWS allows a reader of one shard (5 a second), for emulators. */
    public static final Duration POLL_DEFAULT = Duration.ofMillis(100);

    private final KinesisClient client;
    private final String stream;
    private final Duration poll;
    private final Time time;
    private final Map<String, Cursor> cursors = new ConcurrentHashMap<>();

    /** Where an iterator stands. */
    private record Cursor(Position position, String iterator) {}

    /**
     * @param client not closed here
     * @param stream its name
     * @param poll pause after a read that found nothing; at least 200 ms for AWS
     */
    public KinesisClientShards(KinesisClient client, String stream, Duration poll, Time time) {
        this.client = client;
        this.stream = stream;
        this.poll = poll;
        this.time = time;
    }

    @Override
    public List<Shard> shards() {
        var shards = new ArrayList<Shard>();
        @Nullable String token = null;
        do {
            String page = token;
            var response = client.listShards(
                    request -> (page == null ? request.streamName(stream) : request.nextToken(page)).build());
            response.shards().forEach(shard -> shards.add(shard(shard)));
            token = response.nextToken();
        } while (token != null);
        return shards;
    }

    private static Shard shard(software.amazon.awssdk.services.kinesis.model.Shard shard) {
        List<String> parents = Stream.of(shard.parentShardId(), shard.adjacentParentShardId())
                .filter(id -> id != null && !id.isEmpty())
                .toList();
        return new Shard(
                shard.shardId(),
                parents,
                new BigInteger(shard.hashKeyRange().startingHashKey()),
                new BigInteger(shard.hashKeyRange().endingHashKey()),
                shard.sequenceNumberRange().endingSequenceNumber() == null);
    }

    @Override
    public Read read(String shardId, Position from, int recordsMax, int bytesMax) {
        // taken before the iterator is, so that a restart from this time cannot miss what the iterator would have seen
        Position fixed = from instanceof Position.Latest ? new Position.AtTimestamp(time.epochMillis()) : from;
        GetRecordsResponse response = get(shardId, from, recordsMax);
        List<Record> records = response.records().stream()
                .map(record -> record(shardId, record))
                .toList();
        Position next =
                records.isEmpty() ? fixed : new Position.After(records.getLast().sequenceNumber());
        String iterator = response.nextShardIterator();
        if (iterator == null) {
            cursors.remove(shardId);
        } else {
            cursors.put(shardId, new Cursor(next, iterator));
        }
        return new Read(records, next, iterator == null);
    }

    @Override
    public void awaitMore(String shardId, Position from, Duration atMost) throws InterruptedException {
        Thread.sleep(poll.compareTo(atMost) < 0 ? poll : atMost);
    }

    private GetRecordsResponse get(String shardId, Position from, int recordsMax) {
        try {
            String iterator = iterator(shardId, from);
            return client.getRecords(request -> request.shardIterator(iterator).limit(recordsMax));
        } catch (ExpiredIteratorException e) {
            cursors.remove(shardId);
            throw e;
        }
    }

    private String iterator(String shardId, Position from) {
        Cursor cursor = cursors.get(shardId);
        if (cursor != null && cursor.position().equals(from)) {
            return cursor.iterator();
        }
        var request = GetShardIteratorRequest.builder().streamName(stream).shardId(shardId);
        switch (from) {
            case Position.TrimHorizon horizon -> request.shardIteratorType(ShardIteratorType.TRIM_HORIZON);
            case Position.Latest latest -> request.shardIteratorType(ShardIteratorType.LATEST);
            case Position.AtTimestamp at ->
                request.shardIteratorType(ShardIteratorType.AT_TIMESTAMP)
                        .timestamp(Instant.ofEpochMilli(at.epochMillis()));
            case Position.After after ->
                request.shardIteratorType(ShardIteratorType.AFTER_SEQUENCE_NUMBER)
                        .startingSequenceNumber(after.sequenceNumber().digits());
            case Position.End end ->
                throw new IllegalArgumentException("nothing is read behind the end of a shard: shardId=" + shardId);
        }
        return client.getShardIterator(request.build()).shardIterator();
    }

    private static Record record(String shardId, software.amazon.awssdk.services.kinesis.model.Record record) {
        return new Record(
                shardId,
                new SequenceNumber(record.sequenceNumber()),
                record.partitionKey(),
                record.approximateArrivalTimestamp().toEpochMilli(),
                record.data().asByteArray());
    }
}
