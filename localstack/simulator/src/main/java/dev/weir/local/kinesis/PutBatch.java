package dev.weir.local.kinesis;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/**
 * The records of one call on their way into the shards: each is given its number or refused by itself, so a small record may pass a big
 * one that its shard refused. One use, not thread-safe: {@link StreamState} guards it.
 */
final class PutBatch {

    private final StreamData data;
    private final boolean throttled;
    private final long arrivalMillis;
    private final List<Change.Placed> placed = new ArrayList<>();
    private final List<PutResult> results = new ArrayList<>();
    private long sequence;
    private long roomBytes;
    private boolean trimmed;

    PutBatch(StreamData data) {
        this.data = data;
        this.throttled = data.context().limits().throttleShards();
        this.arrivalMillis = data.arrivalMillis();
        this.sequence = data.lastSequence();
        this.roomBytes = data.roomBytes();
    }

    void place(PutRequest request, BigInteger hash) {
        ShardState shard = data.shards().at(hash);
        var record = new HeldRecord(sequence + 1, arrivalMillis, request.partitionKey(), request.data());
        if (!hasRoom(record)) {
            refuse("The local stream " + data.name() + " holds all the bytes it may: heldBytesMax="
                    + data.context().limits().heldBytesMax()
                    + ". Raise the limit, lower the retention or delete the stream.");
        } else if (throttled && !shard.budget().take(bytes(request), arrivalMillis)) {
            refuse("Rate exceeded for shard " + shard.id() + " in stream " + data.name() + ".");
        } else {
            store(shard, record);
        }
    }

    /** Keeps what was placed, all in one change. */
    List<PutResult> commit() {
        if (!placed.isEmpty()) {
            data.keep(new Change.RecordsPut(data.name(), placed));
        }
        return results;
    }

    private boolean hasRoom(HeldRecord record) {
        if (record.heldBytes() > roomBytes && !trimmed) {
            long before = data.roomBytes();
            data.trimAll();
            roomBytes += data.roomBytes() - before;
            trimmed = true;
        }
        return record.heldBytes() <= roomBytes;
    }

    private void store(ShardState shard, HeldRecord record) {
        sequence = record.sequence();
        roomBytes -= record.heldBytes();
        placed.add(new Change.Placed(shard.index(), record));
        results.add(new PutResult.Stored(shard.id(), data.space().format(sequence)));
    }

    private void refuse(String message) {
        results.add(new PutResult.Refused(KinesisError.THROUGHPUT_EXCEEDED, message));
    }

    private static int bytes(PutRequest request) {
        return HeldRecord.countedBytes(request.partitionKey(), request.data());
    }
}
