package dev.weir.queue;

import dev.weir.port.Item;
import dev.weir.port.Items;
import dev.weir.port.Key;
import dev.weir.port.StoreUnavailableException;
import dev.weir.port.Time;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Reads the sub-queues of a queue that is cut in lanes as one, in the order of ids as far as they are there. Not thread-safe.
 *
 * <p>Each sub-queue has its own position, so an event that becomes visible late in one of them is read late and never missed. Between
 * sub-queues the order is best effort; within one it is exact. A sub-queue that cannot be read on does not stop the others: a page says so
 * when nothing else is left.
 */
public final class MergedReader implements EventReader {
    private static final int PART_EVENTS_MAX = 500;

    private final QueueTables tables;
    private final Items items;
    private final Time time;
    private final List<Part> parts;

    /**
     * @param readers one for each sub-queue
     */
    MergedReader(QueueTables tables, Items items, Time time, List<QueueReader> readers) {
        this.tables = tables;
        this.items = items;
        this.time = time;
        this.parts = readers.stream().map(Part::new).toList();
    }

    @Override
    public Page next(ReadLimits limits) {
        long beganMillis = time.epochMillis();
        ReadLimits each = limits.withEvents(Math.min(limits.events(), PART_EVENTS_MAX));
        lookAgain();
        List<QueueEntry> entries = new ArrayList<>();
        long bytes = 0;
        while (entries.size() < limits.events() && bytes < limits.bytes()) {
            if (!entries.isEmpty() && time.epochMillis() - beganMillis >= limits.millis()) {
                return new Page(entries, Stop.TIME);
            }
            Optional<Part> first;
            try {
                first = first(each);
            } catch (StoreUnavailableException e) {
                if (entries.isEmpty()) {
                    throw e;
                }
                return new Page(entries, Stop.TIME); // what was taken is given
            }
            if (first.isEmpty()) {
                return new Page(entries, obstacle());
            }
            QueueEntry entry = first.get().take();
            entries.add(entry);
            bytes += entry.line().length() + 1;
        }
        return new Page(entries, bytes < limits.bytes() ? Stop.EVENTS : Stop.BYTES);
    }

    @Override
    public Map<String, Position> positions() {
        Map<String, Position> positions = new TreeMap<>();
        parts.forEach(part -> positions.put(part.key(), part.given));
        return positions;
    }

    @Override
    public void passOver(Stop.Unreadable unreadable) {
        parts.stream()
                .filter(part -> part.key().equals(unreadable.queue()))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no such sub-queue: queue=" + unreadable.queue()))
                .passOver(unreadable);
    }

    /** One look at all heads tells which sub-queues are worth a read. */
    private void lookAgain() {
        Map<String, QueueHead> heads = new HashMap<>();
        List<Key> keys = parts.stream()
                .filter(part -> part.buffer.isEmpty())
                .map(part -> new Key(tables.heads(), part.key(), null))
                .toList();
        for (Item row : keys.isEmpty() ? List.<Item>of() : items.getAll(keys)) {
            heads.put(row.key().partition(), QueueHead.of(row));
        }
        parts.forEach(part -> part.lookAgain(Optional.ofNullable(heads.get(part.key()))));
    }

    /** The part with the lowest id at its front, after reading where nothing is buffered. */
    private Optional<Part> first(ReadLimits each) {
        Optional<Part> first = Optional.empty();
        for (Part part : parts) {
            part.fill(each);
            if (!part.buffer.isEmpty()
                    && (first.isEmpty() || part.front().compareTo(first.get().front()) < 0)) {
                first = Optional.of(part);
            }
        }
        return first;
    }

    private Stop obstacle() {
        return parts.stream()
                .map(part -> part.stop)
                .filter(Stop.Unreadable.class::isInstance)
                .findFirst()
                .orElse(Stop.END);
    }

    /** A sub-queue with what was read of it and not given. */
    private static final class Part {
        private final QueueReader reader;
        private final Deque<QueueEntry> buffer = new ArrayDeque<>();
        private Position given;
        private Stop stop = Stop.EVENTS;
        private boolean resting;

        Part(QueueReader reader) {
            this.reader = reader;
            this.given = reader.position();
        }

        String key() {
            return reader.key();
        }

        String front() {
            return buffer.element().eid();
        }

        void lookAgain(Optional<QueueHead> head) {
            resting = buffer.isEmpty() && !reader.mayGoOn(head);
        }

        void fill(ReadLimits each) {
            if (!buffer.isEmpty() || resting) {
                return;
            }
            Page page = reader.next(each);
            stop = page.stop();
            buffer.addAll(page.entries());
            resting = page.isEnd() || buffer.isEmpty();
            if (buffer.isEmpty()) {
                given = reader.position();
            }
        }

        QueueEntry take() {
            QueueEntry entry = buffer.remove();
            given = buffer.isEmpty() ? reader.position() : Position.of(entry.eid());
            return entry;
        }

        void passOver(Stop.Unreadable unreadable) {
            reader.passOver(unreadable);
            stop = Stop.EVENTS;
            given = reader.position();
        }
    }
}
