package dev.weir.cron;

import dev.weir.memory.MemoryItems;
import dev.weir.port.Item;
import dev.weir.port.Items;
import dev.weir.port.Key;
import dev.weir.port.Table;
import dev.weir.port.Write;
import dev.weir.port.WriteOutcome;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Items in memory whose next writes go as a test says; after those all goes well. */
final class TroubledItems implements Items {
    final MemoryItems memory = new MemoryItems();
    private final Deque<Function<Write, WriteOutcome>> next = new ArrayDeque<>();
    int writes;

    /** Somebody else acts between what the writer read and its next write. */
    void before(Runnable other) {
        next.add(write -> {
            other.run();
            return memory.write(write);
        });
    }

    void throttle() {
        next.add(_ -> new WriteOutcome.Retry("ThrottlingException"));
    }

    void loseRequest() {
        next.add(_ -> new WriteOutcome.Unknown("the request was lost"));
    }

    void loseAnswer() {
        next.add(write -> {
            memory.write(write);
            return new WriteOutcome.Unknown("the answer was lost");
        });
    }

    /** From now on all goes well. */
    void calm() {
        next.clear();
    }

    @Override
    public WriteOutcome write(Write write) {
        writes++;
        Function<Write, WriteOutcome> how = next.poll();
        return how == null ? memory.write(write) : how.apply(write);
    }

    @Override
    public Optional<Item> get(Key key) {
        return memory.get(key);
    }

    @Override
    public List<Item> getAll(Collection<Key> keys) {
        return memory.getAll(keys);
    }

    @Override
    public List<Item> query(Table table, String partition, String fromInclusive, String toExclusive, int limit) {
        return memory.query(table, partition, fromInclusive, toExclusive, limit);
    }

    @Override
    public Iterable<Item> scan(Table table) {
        return memory.scan(table);
    }

    @Override
    public WriteOutcome transact(List<Write> all) {
        return memory.transact(all);
    }

    @Override
    public void deleteAll(Collection<Key> keys) {
        memory.deleteAll(keys);
    }
}
