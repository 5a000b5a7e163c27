package dev.weir.local.mapping;

import dev.weir.local.kinesis.GetResult;
import dev.weir.local.kinesis.KinesisModel;
import dev.weir.local.kinesis.ShardView;
import dev.weir.local.kinesis.StoredRecord;
import dev.weir.model.Record;
import dev.weir.model.SequenceNumber;
import dev.weir.port.Shard;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/** A stream of a {@link KinesisModel} in this JVM: no polling, a record is seen as soon as it is put. Thread-safe. */
public final class ModelShards implements ShardSource {
    private final KinesisModel model;
    private final String stream;

    public ModelShards(KinesisModel model, String stream) {
        this.model = model;
        this.stream = stream;
    }

    @Override
    public List<Shard> shards() {
        return model.shards(stream).stream()
                .map(view -> new Shard(view.id(), view.parents(), view.firstHash(), view.lastHash(), view.open()))
                .toList();
    }

    @Override
    public Read read(String shardId, Position from, int recordsMax, int bytesMax) {
        if (from instanceof Position.Latest) {
            var latest = new SequenceNumber(model.lastSequenceNumber(stream));
            return new Read(List.of(), new Position.After(latest), false);
        }
        List<Record> records = records(shardId, from, recordsMax, bytesMax);
        if (records.isEmpty() && !isOpen(shardId)) {
            // only a read that began after the closing proves that nothing follows
            records = records(shardId, from, recordsMax, bytesMax);
            return new Read(records, next(from, records), records.isEmpty());
        }
        return new Read(records, next(from, records), false);
    }

    @Override
    public void awaitMore(String shardId, Position from, Duration atMost) throws InterruptedException {
        long seen = model.version();
        if (records(shardId, from, 1, 1).isEmpty() && isOpen(shardId)) {
            model.awaitChange(seen, atMost);
        }
    }

    private List<Record> records(String shardId, Position from, int recordsMax, int bytesMax) {
        List<StoredRecord> stored =
                switch (from) {
                    case Position.TrimHorizon trimHorizon -> model.read(stream, shardId, null, recordsMax, bytesMax);
                    case Position.After after ->
                        model.read(stream, shardId, after.sequenceNumber().digits(), recordsMax, bytesMax);
                    case Position.AtTimestamp at ->
                        since(shardId, at.epochMillis(), recordsMax).records();
                    case Position.Latest latest -> List.of();
                    case Position.End end -> List.of();
                };
        return stored.stream()
                .map(record -> new Record(
                        shardId,
                        new SequenceNumber(record.sequenceNumber()),
                        record.partitionKey(),
                        record.arrivalMillis(),
                        record.data()))
                .toList();
    }

    private GetResult since(String shardId, long epochMillis, int recordsMax) {
        var at = new dev.weir.local.kinesis.Position.AtTimestamp(epochMillis);
        return model.get(model.iterator(stream, shardId, at), recordsMax);
    }

    private boolean isOpen(String shardId) {
        return model.shards(stream).stream()
                .filter(view -> Objects.equals(view.id(), shardId))
                .anyMatch(ShardView::open);
    }

    private static Position next(Position from, List<Record> records) {
        return records.isEmpty() ? from : new Position.After(records.getLast().sequenceNumber());
    }
}
