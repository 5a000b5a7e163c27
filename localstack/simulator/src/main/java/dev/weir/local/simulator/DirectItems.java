package dev.weir.local.simulator;

import dev.weir.port.Item;
import dev.weir.port.Items;
import dev.weir.port.Key;
import dev.weir.port.Table;
import dev.weir.port.Write;
import dev.weir.port.WriteOutcome;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** The store itself, without a network. */
final class DirectItems implements Items {
    private final Store store;

    DirectItems(Store store) {
        this.store = store;
    }

    @Override
    public Optional<Item> get(Key key) {
        return store.items().get(key);
    }

    @Override
    public List<Item> getAll(Collection<Key> keys) {
        return store.items().getAll(keys);
    }

    @Override
    public List<Item> query(Table table, String partition, String fromInclusive, String toExclusive, int limit) {
        return store.items().query(table, partition, fromInclusive, toExclusive, limit);
    }

    @Override
    public Iterable<Item> scan(Table table) {
        return store.items().scan(table);
    }

    @Override
    public WriteOutcome write(Write write) {
        return store.transact(List.of(write));
    }

    @Override
    public WriteOutcome transact(List<Write> writes) {
        return store.transact(writes);
    }

    @Override
    public void deleteAll(Collection<Key> keys) {
        store.items().deleteAll(keys);
    }
}
