package dev.weir.local.simulator;

import dev.weir.memory.MemoryItems;
import dev.weir.port.Items;
import dev.weir.port.Key;
import dev.weir.port.Write;
import dev.weir.port.WriteOutcome;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * DynamoDB itself, behind the network: does what arrives, and knows when each item of the queues came to be seen.
 *
 * <p>A transaction that arrives a second time is void for ten minutes, by its token (API reference, TransactWriteItems,
 * ClientRequestToken); after that it is done again, if its conditions allow.
 */
final class Store {
    static final long TOKEN_MILLIS = 600_000;

    private final MemoryItems items = new MemoryItems();
    private final Agenda agenda;
    private final Trace trace;
    private final String queues;
    private final Map<Key, Long> seenSince = new HashMap<>();
    private final List<Consumer<Key>> listeners = new ArrayList<>();
    private long queuesChangedMillis;

    Store(Agenda agenda, Trace trace, String queues) {
        this.agenda = agenda;
        this.trace = trace;
        this.queues = queues;
    }

    /** The items as a strongly consistent read sees them. */
    Items items() {
        return items;
    }

    /** Somebody wants to know which items were written or removed. */
    void onChange(Consumer<Key> listener) {
        listeners.add(listener);
    }

    /** An item is over its time and goes. */
    void expire(Key key) {
        items.deleteAll(List.of(key));
        trace.line(() -> "store expired " + key.partition() + "/" + key.sort());
        listeners.forEach(listener -> listener.accept(key));
    }

    WriteOutcome transact(List<Write> writes) {
        WriteOutcome outcome = writes.size() == 1 ? items.write(writes.getFirst()) : items.transact(writes);
        if (outcome instanceof WriteOutcome.Written) {
            for (Write write : writes) {
                if (write.key().table().name().equals(queues)) {
                    seenSince.put(write.key(), agenda.epochMillis());
                    queuesChangedMillis = agenda.epochMillis();
                }
            }
        }
        trace.line(() -> "store " + outcome.getClass().getSimpleName() + " "
                + writes.stream().map(Store::name).toList());
        if (outcome instanceof WriteOutcome.Written) {
            listeners.forEach(listener -> writes.forEach(write -> listener.accept(write.key())));
        }
        return outcome;
    }

    /** Since when an item of a queue is there; later than any moment if it is not. */
    long seenSince(Key key) {
        return seenSince.getOrDefault(key, Long.MAX_VALUE);
    }

    /** When an item of any queue came to be seen last. */
    long queuesChangedMillis() {
        return queuesChangedMillis;
    }

    private static String name(Write write) {
        Key key = write.key();
        return key.table().name() + "/" + key.partition() + (key.sort() == null ? "" : "/" + key.sort());
    }
}
