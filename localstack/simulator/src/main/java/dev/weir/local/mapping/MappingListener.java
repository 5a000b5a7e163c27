package dev.weir.local.mapping;

import dev.weir.local.mapping.DiscardedBatch.Condition;
import org.jspecify.annotations.Nullable;

/**
 * Hears what a mapping does, for pictures and demos. Called on the thread of the shard, so implementations must be quick, thread-safe and
 * must not throw.
 */
public interface MappingListener {

    MappingListener NONE = new MappingListener() {};

    /** The function is about to be called. */
    default void batchStarted(BatchInfo batch) {}

    /**
     * The function has answered, failed or timed out.
     *
     * @param error what the function or the caller said when it failed, else null
     */
    default void batchFinished(BatchInfo batch, Outcome outcome, @Nullable String error) {}

    /** Records went to the failure destination. */
    default void batchDiscarded(BatchInfo batch, Condition condition) {}

    /** Reading of a shard begins. */
    default void shardStarted(String shardId, Position from) {}

    /** A closed shard is done; its children may start. */
    default void shardEnded(String shardId) {}

    /** The source, the positions or the failure destination did not work; the mapping tries again. */
    default void troubled(String shardId, RuntimeException trouble) {}

    /**
     * A batch in a listener's words.
     *
     * @param firstSequenceNumber of its first record
     * @param lastSequenceNumber of its last record
     * @param count its records
     * @param invocation how often its first record was given to the function, this time included
     */
    record BatchInfo(String shardId, String firstSequenceNumber, String lastSequenceNumber, int count, int invocation) {
        static BatchInfo of(Batch batch) {
            return new BatchInfo(
                    batch.first().shardId(),
                    batch.first().sequenceNumber().digits(),
                    batch.last().sequenceNumber().digits(),
                    batch.size(),
                    batch.invocations());
        }
    }
}
