package dev.weir.queue;

import dev.weir.port.ForwardingItems;
import dev.weir.port.Item;
import dev.weir.port.Items;
import dev.weir.port.Key;
import dev.weir.port.Table;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Items that count the calls that read them. */
final class CountingItems extends ForwardingItems {
    int gets;
    int queries;
    int queried;
    int limitMax;
    int scans;
    Runnable beforeQuery = () -> {};

    CountingItems(Items items) {
        super(items);
    }

    void reset() {
        gets = 0;
        queries = 0;
        queried = 0;
        limitMax = 0;
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
        limitMax = Math.max(limitMax, limit);
        List<Item> found = items.query(table, partition, fromInclusive, toExclusive, limit);
        queried += found.size();
        return found;
    }

    @Override
    public Iterable<Item> scan(Table table) {
        scans++;
        return items.scan(table);
    }
}
