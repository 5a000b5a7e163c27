package dev.weir.queue;

import dev.weir.port.Item;
import dev.weir.port.Items;
import dev.weir.port.Key;
import dev.weir.port.Table;
import dev.weir.port.Write;
import dev.weir.port.WriteOutcome;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Items that count the calls that read them. */
final class CountingItems implements Items {
    int gets;
    int queries;
    int queried;
    int scans;
    Runnable beforeQuery = () -> {};
    private final Items items;

    CountingItems(Items items) {
        this.items = items;
    }

    void reset() {
        gets = 0;
        queries = 0;
        queried = 0;
        scans = 0;
    }

    @Override
    public Optional<Item> get(Key key) {
        gets++;
        return items.get(key);
    }

    @Override
    public List<Item> getAll(Collection<Key> keys) {
        gets++;
        return items.getAll(keys);
    }

    @Override
    public List<Item> query(Table table, String partition, String fromInclusive, String toExclusive, int limit) {
        beforeQuery.run();
        queries++;
        List<Item> found = items.query(table, partition, fromInclusive, toExclusive, limit);
        queried += found.size();
        return found;
    }

    @Override
    public Iterable<Item> scan(Table table) {
        scans++;
        return items.scan(table);
    }

    @Override
    public WriteOutcome write(Write write) {
        return items.write(write);
    }

    @Override
    public WriteOutcome transact(List<Write> writes) {
        return items.transact(writes);
    }

    @Override
    public void deleteAll(Collection<Key> keys) {
        items.deleteAll(keys);
    }
}
