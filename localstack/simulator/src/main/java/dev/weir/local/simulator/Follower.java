package dev.weir.local.simulator;

import dev.weir.flow.Bus;
import dev.weir.flow.QueueReader;
import dev.weir.model.Json;
import dev.weir.port.Item;
import dev.weir.port.Items;
import dev.weir.port.Key;
import dev.weir.port.Table;
import dev.weir.port.Write;
import dev.weir.port.WriteOutcome;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Reads a queue all along, with eventually consistent reads: each sees the queue as it was at some moment of the last seconds, now later,
 * now earlier than the read before.
 */
final class Follower {
    private static final int LAG_MILLIS_MAX = 3_000;

    private final QueueReader reader;
    private final List<String> seen = new ArrayList<>();
    private final Lagging lagging;
    private final Store store;
    private final Agenda agenda;
    private long looks;
    private long lookedMillis = -1; // the moment as of which the last look saw the queue

    Follower(Bus bus, String queue, Store store, Agenda agenda) {
        this.store = store;
        this.agenda = agenda;
        this.lagging = new Lagging(store, agenda);
        this.reader = new QueueReader(bus, queue, lagging, "");
    }

    void look() {
        lagging.lagMillis = Hash.below(Hash.of(looks++, 3, 3), LAG_MILLIS_MAX);
        if (lookedMillis <= store.queuesChangedMillis()) { // otherwise everything was seen
            read();
            lookedMillis = Math.max(lookedMillis, agenda.epochMillis() - lagging.lagMillis);
        }
    }

    /** Reads what is there, when everything is at rest. */
    List<String> finish() {
        lagging.lagMillis = 0;
        read();
        return seen;
    }

    private void read() {
        for (List<Json> some = reader.read(); !some.isEmpty(); some = reader.read()) {
            some.forEach(payload -> seen.add(payload.toString()));
        }
    }

    /** A replica that is behind: it knows the items of queues that were there so long ago. */
    private static final class Lagging implements Items {
        private final Store store;
        private final Agenda agenda;
        private long lagMillis;

        Lagging(Store store, Agenda agenda) {
            this.store = store;
            this.agenda = agenda;
        }

        @Override
        public List<Item> query(Table table, String partition, String fromInclusive, String toExclusive, int limit) {
            long asOf = agenda.epochMillis() - lagMillis;
            return store.items().query(table, partition, fromInclusive, toExclusive, Integer.MAX_VALUE).stream()
                    .filter(item -> store.seenSince(item.key()) <= asOf)
                    .limit(limit)
                    .toList();
        }

        @Override
        public Optional<Item> get(Key key) {
            throw readsQueues();
        }

        @Override
        public List<Item> getAll(Collection<Key> keys) {
            throw readsQueues();
        }

        @Override
        public Iterable<Item> scan(Table table) {
            throw readsQueues();
        }

        @Override
        public WriteOutcome write(Write write) {
            throw readsQueues();
        }

        @Override
        public WriteOutcome transact(List<Write> writes) {
            throw readsQueues();
        }

        @Override
        public void deleteAll(Collection<Key> keys) {
            throw readsQueues();
        }

        private static UnsupportedOperationException readsQueues() {
            return new UnsupportedOperationException("a replica of the queues is for queries alone");
        }
    }
}
