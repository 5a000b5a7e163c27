package dev.weir.local.simulator;

import dev.weir.flow.Bus;
import dev.weir.memory.MemoryObjectStore;
import dev.weir.port.Attribute;
import dev.weir.port.Item;
import dev.weir.port.Items;
import dev.weir.port.Key;
import dev.weir.port.Table;
import dev.weir.port.Write;
import dev.weir.port.WriteOutcome;
import dev.weir.queue.Page;
import dev.weir.queue.Position;
import dev.weir.queue.QueueName;
import dev.weir.queue.QueueReader;
import dev.weir.queue.Queues;
import dev.weir.queue.ReadLimits;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
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
        this.lagging = new Lagging(bus, store, agenda);
        this.reader = new Queues(bus.queueTables(), lagging, new MemoryObjectStore(), agenda)
                .reader(QueueName.of(queue), Position.beginning());
    }

    void look() {
        lagging.lagMillis = Hash.below(Hash.of(looks, 3, 3), LAG_MILLIS_MAX);
        lagging.headLagMillis = Hash.below(Hash.of(looks++, 3, 4), LAG_MILLIS_MAX);
        if (lookedMillis <= store.queuesChangedMillis()) { // otherwise everything was seen
            read();
            lookedMillis = Math.max(lookedMillis, agenda.epochMillis() - lagging.worstMillis());
        }
    }

    /** Reads what is there, when everything is at rest. */
    List<String> finish() {
        lagging.lagMillis = 0;
        lagging.headLagMillis = 0;
        read();
        return seen;
    }

    private void read() {
        Page page;
        do {
            page = reader.next(ReadLimits.DEFAULTS).orThrow();
            page.events().forEach(event -> seen.add(event.payload().toString()));
            lagging.readTo = reader.position().text();
        } while (!page.isEnd());
    }

    /**
     * A replica that is behind: it knows the items of queues that were there so long ago. Another one may answer for heads; a head and its
     * chunks are written together.
     */
    private static final class Lagging implements Items {
        private final Store store;
        private final Agenda agenda;
        private final Bus bus;
        private long lagMillis;
        private long headLagMillis;
        private String readTo = "";

        Lagging(Bus bus, Store store, Agenda agenda) {
            this.bus = bus;
            this.store = store;
            this.agenda = agenda;
        }

        @Override
        public List<Item> query(Table table, String partition, String fromInclusive, String toExclusive, int limit) {
            return seen(table, partition, fromInclusive, toExclusive, lagMillis).stream()
                    .limit(limit)
                    .toList();
        }

        long worstMillis() {
            return Math.max(lagMillis, headLagMillis);
        }

        private List<Item> seen(Table table, String partition, String from, String to, long lag) {
            long asOf = agenda.epochMillis() - lag;
            return store.items().query(table, partition, from, to, Integer.MAX_VALUE).stream()
                    .filter(item -> store.seenSince(item.key()) <= asOf)
                    .toList();
        }

        @Override
        public Optional<Item> get(Key key) {
            if (!key.table().equals(bus.heads())) {
                throw readsQueues();
            }
            String from = readTo.isEmpty() ? "z/" : readTo;
            List<Item> chunks = seen(bus.queues(), key.partition(), from, "z0", headLagMillis);
            return chunks.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new Item(
                            key,
                            Map.of(
                                    "max_eid",
                                    Attribute.of(String.valueOf(
                                            chunks.getLast().key().sort())))));
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
            return new UnsupportedOperationException(
                    "a replica of the queues answers for queues and their heads alone");
        }
    }
}
