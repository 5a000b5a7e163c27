package dev.weir.bench;

import dev.weir.port.Item;
import dev.weir.port.Items;
import dev.weir.port.Key;
import dev.weir.port.Table;
import dev.weir.port.Write;
import dev.weir.port.WriteOutcome;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Counts the requests that DynamoDB would get. Not thread-safe. */
final class CountedItems extends ItemsWrapper {
    private static final int KEYS_PER_GET = 100;
    private static final int KEYS_PER_DELETE = 25;

    private long requests;

    CountedItems(Items items) {
        super(items);
    }

    /** Requests so far. */
    long requests() {
        return requests;
    }

    @Override
    public Optional<Item> get(Key key) {
        requests++;
        return super.get(key);
    }

    @Override
    public List<Item> getAll(Collection<Key> keys) {
        requests += requests(keys.size(), KEYS_PER_GET);
        return super.getAll(keys);
    }

    @Override
    public List<Item> query(Table table, String partition, String fromInclusive, String toExclusive, int limit) {
        requests++;
        return super.query(table, partition, fromInclusive, toExclusive, limit);
    }

    @Override
    public WriteOutcome write(Write write) {
        requests++;
        return super.write(write);
    }

    @Override
    public WriteOutcome transact(List<Write> writes) {
        requests++;
        return super.transact(writes);
    }

    @Override
    public void deleteAll(Collection<Key> keys) {
        requests += requests(keys.size(), KEYS_PER_DELETE);
        super.deleteAll(keys);
    }

    private static int requests(int keys, int most) {
        return (keys + most - 1) / most;
    }
}
