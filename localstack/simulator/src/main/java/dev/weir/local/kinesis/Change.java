package dev.weir.local.kinesis;

import java.math.BigInteger;
import java.util.List;

/**
 * One change of the model, as it is written to the journal and applied: live and at replay by the same code.
 *
 * <p>Sequence numbers are counters (see {@link SequenceSpace}), shards are indexes (the number in the shard's id).
 */
sealed interface Change {

    String stream();

    /** A stream that did not exist. */
    record StreamCreated(String stream, long epoch, long createdMillis, int shardCount) implements Change {}

    /** A stream as it was when the log was rewritten; its records follow as {@link RecordsPut}. */
    record StreamRestored(
            String stream,
            long epoch,
            long createdMillis,
            int retentionHours,
            long lastSequence,
            List<ShardImage> shards)
            implements Change {}

    record StreamDeleted(String stream) implements Change {}

    /** A change within one stream. */
    sealed interface InStream extends Change {}

    record RecordsPut(String stream, List<Placed> records) implements InStream {}

    record ShardSplit(String stream, int shard, BigInteger newStartingHash, long atMillis) implements InStream {}

    record ShardsMerged(String stream, int shard, int adjacent, long atMillis) implements InStream {}

    record RetentionChanged(String stream, int hours) implements InStream {}

    /** A record and the shard that takes it. */
    record Placed(int shard, HeldRecord record) {}

    /**
     * A shard without its records.
     *
     * @param parents the shard's parents: none, one or two
     * @param endSequence 0 while open
     * @param closedMillis 0 while open
     */
    record ShardImage(
            int index,
            List<Integer> parents,
            HashRange range,
            long startSequence,
            long createdMillis,
            long endSequence,
            long closedMillis) {}
}
