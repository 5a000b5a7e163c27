package dev.weir.local.mapping;

import java.util.concurrent.atomic.LongAdder;

/** What a mapping has done since its start, for people. Thread-safe; read while it moves, the numbers may be of slightly different moments. */
public final class MappingCounters {
    private final LongAdder invocations = new LongAdder();
    private final LongAdder records = new LongAdder();
    private final LongAdder failures = new LongAdder();
    private final LongAdder retries = new LongAdder();
    private final LongAdder bisects = new LongAdder();
    private final LongAdder discarded = new LongAdder();

    void finished(Batch batch, Outcome outcome) {
        if (outcome == Outcome.NOT_INVOKED) {
            return;
        }
        invocations.increment();
        records.add(batch.size());
        if (batch.invocations() > 1) {
            retries.increment();
        }
        if (outcome != Outcome.DONE) {
            failures.increment();
        }
        if (outcome == Outcome.BISECTED) {
            bisects.increment();
        }
    }

    void discarded(Batch batch) {
        discarded.add(batch.size());
    }

    public Snapshot snapshot() {
        return new Snapshot(
                invocations.sum(), records.sum(), failures.sum(), retries.sum(), bisects.sum(), discarded.sum());
    }

    /**
     * The numbers at a moment.
     *
     * @param invocations calls of the function that ended
     * @param records records given to it, each time counted
     * @param failures calls that failed or left a part of the batch undone
     * @param retries calls whose first record the function had been given before
     * @param bisects batches split in two
     * @param discarded records sent to the failure destination
     */
    public record Snapshot(long invocations, long records, long failures, long retries, long bisects, long discarded) {}
}
