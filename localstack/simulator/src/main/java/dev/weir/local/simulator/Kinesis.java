package dev.weir.local.simulator;

import dev.weir.local.kinesis.KinesisLimits;
import dev.weir.local.kinesis.KinesisModel;
import dev.weir.local.kinesis.PutRequest;
import dev.weir.local.kinesis.PutResult;
import dev.weir.local.mapping.ModelShards;
import dev.weir.local.mapping.Position;
import dev.weir.local.mapping.ShardSource;
import dev.weir.model.Record;
import dev.weir.model.SequenceNumber;
import dev.weir.port.PutOutcome;
import dev.weir.port.Shard;
import dev.weir.port.StreamLimits;
import dev.weir.port.StreamRecord;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Kinesis itself, behind the network: one stream of the model that the local server serves. */
final class Kinesis {
    private final KinesisModel model;
    private final String stream;
    private final Trace trace;
    private final List<Runnable> listeners = new ArrayList<>();
    private List<Shard> shards; // as they are, until the next reshard

    Kinesis(Agenda agenda, Trace trace, String stream, int shards) {
        this.model = new KinesisModel(agenda::epochMillis, KinesisLimits.local());
        this.stream = stream;
        this.trace = trace;
        model.createStream(stream, shards);
        this.shards = listed();
    }

    /** Somebody wants to know when records have come. */
    void onPut(Runnable listener) {
        listeners.add(listener);
    }

    /** The shards as they were after the last reshard; nothing else changes them. */
    List<Shard> shards() {
        return shards;
    }

    private List<Shard> listed() {
        return new ModelShards(model, stream).shards();
    }

    /** The records of a shard after a position; at most so many, and about so many bytes. */
    ShardSource.Read read(String shard, Position from, int recordsMax, int bytesMax) {
        List<Record> records = model.read(stream, shard, after(from), recordsMax, bytesMax).stream()
                .map(each -> new Record(
                        shard,
                        new SequenceNumber(each.sequenceNumber()),
                        each.partitionKey(),
                        each.arrivalMillis(),
                        each.data()))
                .toList();
        Position next =
                records.isEmpty() ? from : new Position.After(records.getLast().sequenceNumber());
        return new ShardSource.Read(records, next, records.isEmpty() && !isOpen(shard));
    }

    private static @Nullable String after(Position from) {
        return switch (from) {
            case Position.TrimHorizon _ -> null;
            case Position.After(SequenceNumber number) -> number.digits();
            case Position.Latest _, Position.AtTimestamp _, Position.End _ ->
                throw new IllegalArgumentException("nobody reads from there in a simulation: from=" + from.text());
        };
    }

    private boolean isOpen(String shard) {
        return shards.stream().anyMatch(each -> each.open() && each.id().equals(shard));
    }

    void split(String shard, BigInteger at) {
        trace.line(() -> "split " + shard + " at " + at);
        model.splitShard(stream, shard, at);
        shards = listed();
        listeners.forEach(Runnable::run);
    }

    void merge(String shard, String adjacent) {
        trace.line(() -> "merge " + shard + " " + adjacent);
        model.mergeShards(stream, shard, adjacent);
        shards = listed();
        listeners.forEach(Runnable::run);
    }

    List<PutOutcome> put(String toStream, List<StreamRecord> records) {
        StreamLimits.checkPut(toStream, records);
        List<PutOutcome> outcomes = model
                .putAll(toStream, records.stream().map(Kinesis::request).toList())
                .stream()
                .map(Kinesis::outcome)
                .toList();
        trace.line(() -> "kinesis " + outcomes);
        listeners.forEach(Runnable::run);
        return outcomes;
    }

    private static PutRequest request(StreamRecord record) {
        String hash = record.explicitHashKey();
        return new PutRequest(record.partitionKey(), hash == null ? null : new BigInteger(hash), record.data());
    }

    private static PutOutcome outcome(PutResult result) {
        return switch (result) {
            case PutResult.Stored(String shard, String number) -> new PutOutcome.Accepted(shard, number);
            case PutResult.Refused(var error, String _) -> new PutOutcome.Refused(error.toString());
        };
    }
}
