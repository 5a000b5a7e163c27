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

/** Items that pass every call on; subclasses look at some. Thread-safe. */
abstract class ItemsWrapper implements Items {
    final Items items;

    ItemsWrapper(Items items) {
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
