package dev.weir.local.up;

import dev.weir.local.mapping.DiscardedBatch.Condition;
import dev.weir.local.mapping.MappingListener;
import dev.weir.local.mapping.Outcome;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Tells a log what a mapping could not do. Thread-safe.
 *
 * @param function whom it feeds
 */
record Told(String function, Consumer<String> log) implements MappingListener {

    /** A batch that comes again and again is told ever more seldom. */
    @Override
    public void batchFinished(BatchInfo batch, Outcome outcome, @Nullable String error) {
        if (outcome != Outcome.DONE && Integer.bitCount(batch.invocation()) <= 1) {
            log.accept("weir: a batch comes again: function=" + function + " shard=" + batch.shardId() + " records="
                    + batch.count() + " invocation=" + batch.invocation() + " outcome=" + outcome + " reason="
                    + (error == null ? "its answer" : error));
        }
    }

    @Override
    public void batchDiscarded(BatchInfo batch, Condition condition) {
        log.accept("weir: records were given up: function=" + function + " shard=" + batch.shardId() + " records="
                + batch.count() + " why=" + condition.text());
    }

    @Override
    public void troubled(String shardId, RuntimeException trouble) {
        log.accept("weir: a mapping has trouble: function=" + function + " shard=" + shardId + " reason=" + trouble);
    }
}
