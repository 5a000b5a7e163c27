package dev.weir.port;

import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Items that pass every call on; subclasses look at some. */
public abstract class ForwardingItems implements Items {
    protected final Items items;

    protected ForwardingItems(Items items) {
        this.items = items;
    }

    @Override
    public Optional<Item> get(Key key) {
        return items.get(key);
    }

    @Override
    public List<Item> getAll(Collection<Key> keys) {
        return items.getAll(keys);
    }

    @Override
    public List<Item> query(Table table, String partition, String fromInclusive, String toExclusive, int limit) {
        return items.query(table, partition, fromInclusive, toExclusive, limit);
    }

    @Override
    public Iterable<Item> scan(Table table) {
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
