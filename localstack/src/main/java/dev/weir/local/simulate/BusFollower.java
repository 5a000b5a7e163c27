package dev.weir.local.simulate;

import dev.weir.flow.Bus;
import dev.weir.port.Item;
import dev.weir.port.Items;
import dev.weir.port.Key;
import dev.weir.port.ObjectStore;
import dev.weir.port.Table;
import dev.weir.port.Time;
import dev.weir.port.Write;
import dev.weir.port.WriteOutcome;
import dev.weir.queue.Page;
import dev.weir.queue.Position;
import dev.weir.queue.QueueName;
import dev.weir.queue.QueueReader;
import dev.weir.queue.Queues;
import dev.weir.queue.ReadLimits;
import dev.weir.queue.Stop;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Reads a queue from its beginning, its archive and what is live, through replicas that are behind: each read sees the tables as they were
 * at some moment of the last seconds.
 */
final class BusFollower {
    private static final int PAGE_EVENTS = 40;

    private final QueueReader reader;
    private final Behind behind;
    private final List<String> seen = new ArrayList<>();

    BusFollower(Bus bus, String queue, BusHistory history, ObjectStore bucket, Time time) {
        this.behind = new Behind(history, time, bus);
        this.reader =
                new Queues(bus.queueTables(), behind, bucket, time).reader(QueueName.of(queue), Position.beginning());
    }

    /** Reads what there is; heads are seen so late, and chunks so late. */
    void look(long headLagMillis, long lagMillis) {
        behind.headLagMillis = headLagMillis;
        behind.lagMillis = lagMillis;
        Page page;
        do {
            page = reader.next(ReadLimits.DEFAULTS.withEvents(PAGE_EVENTS));
            page.events().forEach(event -> seen.add(event.eid() + " " + event.payload()));
            if (page.stop() instanceof Stop.Unreadable unreadable) {
                throw new AssertionError("a reader cannot read on: " + unreadable.message());
            }
        } while (!(page.stop() instanceof Stop.End));
    }

    /** Id and payload of each event that was read. */
    List<String> seen() {
        return seen;
    }

    /** Eventually consistent reads. */
    private static final class Behind implements Items {
        private final BusHistory history;
        private final Time time;
        private final Bus bus;
        private long headLagMillis;
        private long lagMillis;

        Behind(BusHistory history, Time time, Bus bus) {
            this.history = history;
            this.time = time;
            this.bus = bus;
        }

        @Override
        public Optional<Item> get(Key key) {
            return history.get(key, time.epochMillis() - headLagMillis);
        }

        @Override
        public List<Item> query(Table table, String partition, String fromInclusive, String toExclusive, int limit) {
            return history.query(
                    table.name(), partition, fromInclusive, toExclusive, limit, time.epochMillis() - lagMillis);
        }

        @Override
        public List<Item> getAll(Collection<Key> keys) {
            return keys.stream().flatMap(key -> get(key).stream()).toList();
        }

        @Override
        public Iterable<Item> scan(Table table) {
            throw readsAlone();
        }

        @Override
        public WriteOutcome write(Write write) {
            throw readsAlone();
        }

        @Override
        public WriteOutcome transact(List<Write> writes) {
            throw readsAlone();
        }

        @Override
        public void deleteAll(Collection<Key> keys) {
            throw readsAlone();
        }

        private UnsupportedOperationException readsAlone() {
            return new UnsupportedOperationException("a replica answers readers of queues alone: bus=" + bus.prefix());
        }
    }
}
