package dev.weir.local.kinesis;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

/**
 * What all streams of one model share.
 *
 * @param clock milliseconds since the epoch
 * @param openShards open shards of all streams; checked before it is raised, so two streams that reshard at once may pass the limit by a few
 */
record ModelContext(
        LongSupplier clock, KinesisLimits limits, Journal journal, ChangeSignal signal, AtomicInteger openShards) {

    /** A change that is kept and can be applied now. */
    void keep(Change change) {
        journal.append(change);
    }

    void requireShards(int more) {
        if (openShards.get() + more > limits.openShardsMax()) {
            throw new KinesisException(
                    KinesisError.LIMIT_EXCEEDED,
                    "the open shards would be more than the limit: open=" + openShards.get() + " more=" + more
                            + " limit=" + limits.openShardsMax());
        }
    }
}
