package dev.weir.aws;

import dev.weir.model.Record;
import dev.weir.model.SequenceNumber;
import dev.weir.port.RecordLookup;
import dev.weir.port.Time;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.GetRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;

/** {@link RecordLookup} on Kinesis: an iterator at the record and one read. Thread-safe. Does not close the client. */
public final class KinesisRecords implements RecordLookup {

    /** Reads until there are records: after an iterator the first few may be empty. */
    private static final int READS_MAX = 5;

    private final KinesisClient client;
    private final Patience patience;

    /**
     * @param client a client that does not retry, as {@link Clients} makes them
     * @param time for the pauses between attempts
     * @throws IllegalArgumentException if the client retries
     */
    public KinesisRecords(KinesisClient client, Time time) {
        this.client = Clients.requireNoRetries(client);
        this.patience = new Patience(time);
    }

    @Override
    public Optional<Record> find(String stream, String shardId, SequenceNumber number) {
        try {
            String iterator = patience.repeat(
                    "GetShardIterator stream=" + stream, () -> client.getShardIterator(get -> get.streamName(stream)
                                    .shardId(shardId)
                                    .shardIteratorType(ShardIteratorType.AT_SEQUENCE_NUMBER)
                                    .startingSequenceNumber(number.digits()))
                            .shardIterator());
            return read(stream, shardId, number, iterator);
        } catch (IllegalArgumentException _) {
            return Optional.empty(); // the shard, or the number in it, is not known (any more)
        }
    }

    private Optional<Record> read(String stream, String shardId, SequenceNumber number, String first) {
        String iterator = first;
        for (int i = 0; i < READS_MAX && iterator != null; i++) {
            String at = iterator;
            GetRecordsResponse got = patience.repeat(
                    "GetRecords stream=" + stream,
                    () -> client.getRecords(get -> get.shardIterator(at).limit(1)));
            List<software.amazon.awssdk.services.kinesis.model.Record> records = got.records();
            if (!records.isEmpty()) {
                return Optional.of(record(shardId, records.getFirst()))
                        .filter(found -> found.sequenceNumber().equals(number));
            }
            iterator = got.nextShardIterator();
        }
        return Optional.empty();
    }

    private static Record record(String shardId, software.amazon.awssdk.services.kinesis.model.Record record) {
        return new Record(
                shardId,
                new SequenceNumber(record.sequenceNumber()),
                record.partitionKey(),
                record.approximateArrivalTimestamp().toEpochMilli(),
                record.data().asByteArrayUnsafe());
    }
}
