package dev.weir.local.mapping;

import dev.weir.model.Record;
import java.util.List;

/**
 * Consecutive records of one shard that go to the function together. Immutable.
 *
 * @param records at least one, in the order of the shard
 * @param retries how often it was retried so far; splitting does not count
 * @param invocations how often its first record was given to the function so far
 */
public record Batch(List<Record> records, int retries, int invocations) {

    public Batch {
        records = List.copyOf(records);
        if (records.isEmpty()) {
            throw new IllegalArgumentException("a batch has at least one record: records=0");
        }
    }

    static Batch fresh(List<Record> records) {
        return new Batch(records, 0, 0);
    }

    public int size() {
        return records.size();
    }

    public Record first() {
        return records.getFirst();
    }

    public Record last() {
        return records.getLast();
    }

    Batch head(int count) {
        return new Batch(records.subList(0, count), retries, invocations);
    }

    Batch tail(int from) {
        return new Batch(records.subList(from, records.size()), retries, invocations);
    }

    /** How many records, from the first on without a gap, arrived before a time. */
    int countArrivedBefore(long millis) {
        int count = 0;
        while (count < size() && records.get(count).arrivalMillis() < millis) {
            count++;
        }
        return count;
    }

    Batch invoked() {
        return new Batch(records, retries, invocations + 1);
    }

    Batch retried() {
        return new Batch(records, retries + 1, invocations);
    }
}
