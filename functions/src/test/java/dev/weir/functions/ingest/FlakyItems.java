package dev.weir.functions.ingest;

import dev.weir.port.Item;
import dev.weir.port.Items;
import dev.weir.port.Key;
import dev.weir.port.StoreUnavailableException;
import dev.weir.port.Table;
import dev.weir.port.Write;
import dev.weir.port.WriteOutcome;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** A store of which one call, and all after it of the same delivery, get no answer. */
class FlakyItems implements Items {
    private final Items items;
    private int callsLeft = Integer.MAX_VALUE;

    FlakyItems(Items items) {
        this.items = items;
    }

    final void failsAtCall(int call) {
        callsLeft = call;
    }

    private <A> A answer(Supplier<A> call) {
        if (callsLeft-- <= 0) {
            throw new StoreUnavailableException("flaky");
        }
        return call.get();
    }

    @Override
    public Optional<Item> get(Key key) {
        return answer(() -> items.get(key));
    }

    @Override
    public List<Item> getAll(Collection<Key> keys) {
        return answer(() -> items.getAll(keys));
    }

    @Override
    public List<Item> query(Table table, String partition, String fromInclusive, String toExclusive, int limit) {
        return answer(() -> items.query(table, partition, fromInclusive, toExclusive, limit));
    }

    @Override
    public Iterable<Item> scan(Table table) {
        return answer(() -> items.scan(table));
    }

    @Override
    public WriteOutcome write(Write write) {
        return answer(() -> items.write(write));
    }

    @Override
    public WriteOutcome transact(List<Write> writes) {
        return callsLeft-- <= 0 ? new WriteOutcome.Unknown("flaky") : items.transact(writes);
    }

    @Override
    public void deleteAll(Collection<Key> keys) {
        answer(() -> {
            items.deleteAll(keys);
            return true;
        });
    }
}
