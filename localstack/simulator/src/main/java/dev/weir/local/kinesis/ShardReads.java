package dev.weir.local.kinesis;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Iterators and reads of one stream. Not thread-safe: {@link StreamState} guards it. */
record ShardReads(StreamData data) {

    IteratorToken iterator(String shardId, Position position) {
        ShardState shard = data.require(shardId);
        data.trim(shard);
        long next =
                switch (position) {
                    case Position.TrimHorizon _ -> 0;
                    case Position.Latest _ -> data.lastSequence() + 1;
                    case Position.At at -> requireIn(shard, at.sequenceNumber());
                    case Position.After after -> requireIn(shard, after.sequenceNumber()) + 1;
                    case Position.AtTimestamp at -> arrivedFrom(shard, at.epochMillis());
                };
        return token(shard, next);
    }

    GetResult get(IteratorToken token, int limit) {
        ShardState shard = requireShard(token);
        data.trim(shard);
        List<StoredRecord> found = read(shard, token.nextSequence(), limit, KinesisLimits.BYTES_PER_GET_MAX);
        RecordRing records = shard.records();
        int next = records.firstFrom(token.nextSequence()) + found.size();
        if (next < records.size()) {
            HeldRecord unread = records.get(next);
            long behindMillis = Math.max(0, data.nowMillis() - unread.arrivalMillis());
            return new GetResult(found, token(shard, unread.sequence()).text(), behindMillis, List.of());
        }
        if (!shard.isOpen()) {
            return new GetResult(found, null, 0, children(shard));
        }
        return new GetResult(found, token(shard, atTip(token, records, found)).text(), 0, List.of());
    }

    /** Records after a sequence number of any stream, by its value: so a number of a parent reads a child from its start. */
    List<StoredRecord> readAfter(String shardId, @Nullable String sequenceNumber, int maxRecords, int maxBytes) {
        ShardState shard = data.require(shardId);
        data.trim(shard);
        long after = sequenceNumber == null ? 0 : data.space().floor(sequenceNumber);
        return after == Long.MAX_VALUE ? List.of() : read(shard, after + 1, maxRecords, maxBytes);
    }

    private List<StoredRecord> read(ShardState shard, long fromSequence, int maxRecords, int maxBytes) {
        RecordRing records = shard.records();
        List<StoredRecord> found = new ArrayList<>();
        long bytes = 0;
        for (int i = records.firstFrom(fromSequence); i < records.size() && found.size() < maxRecords; i++) {
            HeldRecord record = records.get(i);
            bytes += HeldRecord.countedBytes(record.partitionKey(), record.data());
            if (bytes > maxBytes && !found.isEmpty()) {
                break;
            }
            found.add(record.view(data.space()));
        }
        return found;
    }

    /** A reader at the tip goes on after the last record it got; one that started at LATEST keeps its start. */
    private static long atTip(IteratorToken token, RecordRing records, List<StoredRecord> found) {
        return found.isEmpty()
                ? token.nextSequence()
                : records.get(records.size() - 1).sequence() + 1;
    }

    private long arrivedFrom(ShardState shard, long epochMillis) {
        if (epochMillis > data.arrivalMillis()) {
            throw refuse("the timestamp must not be in the future: timestampMillis=" + epochMillis + " nowMillis="
                    + data.nowMillis());
        }
        int index = shard.records().firstArrivedFrom(epochMillis);
        return index < shard.records().size() ? shard.records().get(index).sequence() : data.lastSequence() + 1;
    }

    private long requireIn(ShardState shard, String sequenceNumber) {
        OptionalLong counter = data.space().parse(sequenceNumber);
        if (counter.isEmpty()
                || counter.getAsLong() < shard.startSequence()
                || counter.getAsLong() > shard.lastPossible(data.lastSequence())
                || isOfAnother(shard, counter.getAsLong())) {
            throw refuse("StartingSequenceNumber " + sequenceNumber + " used in GetShardIterator on shard " + shard.id()
                    + " in stream " + data.name() + " is invalid because it did not come from this shard.");
        }
        return counter.getAsLong();
    }

    /** A number of a trimmed record is nobody's, and may be asked of any shard that was there. */
    private boolean isOfAnother(ShardState shard, long sequence) {
        return !shard.has(sequence) && data.shards().all().stream().anyMatch(other -> other.has(sequence));
    }

    private ShardState requireShard(IteratorToken token) {
        long ageMillis = data.nowMillis() - token.madeMillis();
        if (ageMillis > KinesisLimits.ITERATOR_LIFE_MILLIS) {
            throw new KinesisException(
                    KinesisError.EXPIRED_ITERATOR,
                    "Iterator expired: ageMillis=" + ageMillis + " limitMillis=" + KinesisLimits.ITERATOR_LIFE_MILLIS
                            + ". Get a new one at the last sequence number.");
        }
        if (token.epoch() != data.space().epoch()) {
            throw refuse("the iterator is of a deleted stream of the same name: stream=" + data.name());
        }
        return data.require(ShardState.id(token.shard()));
    }

    private List<ShardView> children(ShardState shard) {
        return data.shards().childrenOf(shard).stream()
                .map(child -> child.view(data.space()))
                .toList();
    }

    private IteratorToken token(ShardState shard, long next) {
        return new IteratorToken(data.name(), data.space().epoch(), shard.index(), next, data.nowMillis());
    }

    private static KinesisException refuse(String message) {
        return new KinesisException(KinesisError.INVALID_ARGUMENT, message);
    }
}
