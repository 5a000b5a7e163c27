package dev.weir.aws;

import dev.weir.model.Record;
import dev.weir.model.SequenceNumber;
import dev.weir.port.Streams;
import dev.weir.port.StreamsContract;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.GetRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;
import software.amazon.awssdk.services.kinesis.model.StreamStatus;

/** {@link StreamsContract} for whatever speaks the API of Kinesis: subclass and supply a client that does not retry. */
public abstract class KinesisStreamsContract extends StreamsContract {

    private static final int CHECKS_MAX = 600;
    private static final Duration PAUSE = Duration.ofMillis(100);

    protected abstract KinesisClient client();

    @Override
    protected final Streams streams() {
        return new KinesisStreams(client(), new SystemTime());
    }

    @Override
    protected final void create(String name, int shards) {
        client().createStream(create -> create.streamName(name).shardCount(shards));
        awaitActive(name);
    }

    @Override
    protected final List<Record> read(String name, String shardId) {
        String next = client().getShardIterator(iterator ->
                        iterator.streamName(name).shardId(shardId).shardIteratorType(ShardIteratorType.TRIM_HORIZON))
                .shardIterator();
        List<Record> records = new ArrayList<>();
        while (next != null) {
            String from = next;
            GetRecordsResponse page = client().getRecords(get -> get.shardIterator(from));
            page.records()
                    .forEach(record -> records.add(new Record(
                            shardId,
                            new SequenceNumber(record.sequenceNumber()),
                            record.partitionKey(),
                            record.approximateArrivalTimestamp().toEpochMilli(),
                            record.data().asByteArray())));
            Long behindMillis = page.millisBehindLatest();
            boolean atEnd = page.records().isEmpty() && (behindMillis == null || behindMillis == 0);
            next = atEnd ? null : page.nextShardIterator();
        }
        return records;
    }

    @Override
    protected final void split(String name, String shardId, BigInteger firstHashOfUpper) {
        client().splitShard(split ->
                split.streamName(name).shardToSplit(shardId).newStartingHashKey(firstHashOfUpper.toString()));
        awaitActive(name);
    }

    @Override
    protected final void merge(String name, String lowerShardId, String upperShardId) {
        client().mergeShards(merge ->
                merge.streamName(name).shardToMerge(lowerShardId).adjacentShardToMerge(upperShardId));
        awaitActive(name);
    }

    private void awaitActive(String name) {
        SystemTime time = new SystemTime();
        for (int check = 0; check < CHECKS_MAX; check++) {
            StreamStatus status = client().describeStreamSummary(describe -> describe.streamName(name))
                    .streamDescriptionSummary()
                    .streamStatus();
            if (status == StreamStatus.ACTIVE) {
                return;
            }
            time.pause(PAUSE);
        }
        throw new AssertionError("the stream does not become active: stream=" + name);
    }
}
