package dev.weir.queue;

import dev.weir.port.Item;
import dev.weir.port.Items;
import dev.weir.port.Key;
import dev.weir.port.ObjectStore;
import dev.weir.port.Streams;
import dev.weir.port.Time;
import dev.weir.writer.Producer;
import dev.weir.writer.SteppedWriter;
import dev.weir.writer.WriterLimits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * The queues of a bus: where they are, readers on them, and what people ask of them. Thread-safe; the readers that it gives are not.
 */
public final class Queues {

    /** Ids that differ in the last digit alone are ten. */
    private static final int FIND_EVENTS = 10;

    private final QueueTables tables;
    private final Items items;
    private final ObjectStore objects;
    private final Time time;

    /**
     * @param tables where the queues are
     * @param items their tables
     * @param objects the bucket of large and old events, {@link QueueTables#bucket}
     * @param time for the time that reading may take
     */
    public Queues(QueueTables tables, Items items, ObjectStore objects, Time time) {
        this.tables = tables;
        this.items = items;
        this.objects = objects;
        this.time = time;
    }

    /** Where the queues are. */
    public QueueTables tables() {
        return tables;
    }

    /** What the bus knows of a queue; empty if nothing was ever written to it. */
    public Optional<QueueHead> head(QueueName queue) {
        return items.get(new Key(tables.heads(), queue.key(), null)).map(QueueHead::of);
    }

    /** All queues of the bus, in the order of their keys: sub-queues are queues of their own; archives and snapshots are not in it. */
    public List<QueueHead> heads() {
        List<QueueHead> heads = new ArrayList<>();
        for (Item row : items.scan(tables.heads())) {
            if (!QueueName.isPartOfAnother(row.key().partition())) {
                heads.add(QueueHead.of(row));
            }
        }
        heads.sort(Comparator.comparing(QueueHead::queue));
        return heads;
    }

    /** A reader of one queue, or of one sub-queue. It may be made before the queue exists. */
    public QueueReader reader(QueueName queue, Position from) {
        return new QueueReader(tables, queue, items, new SectionLoader(tables.bucket(), objects), time, from);
    }

    /**
     * A reader of a queue with all its sub-queues, by one scan of the heads: {@code transfers.decided}, {@code transfers.decided.0} and so on,
     * and those of shards. A sub-queue that comes into being later is not among them.
     */
    public EventReader readerOfAll(QueueName queue, Position from) {
        List<QueueName> parts = parts(queue);
        return parts.size() == 1 ? reader(parts.getFirst(), from) : merged(parts, Map.of(), from);
    }

    /**
     * A reader of several queues as one.
     *
     * @param positions where to begin, by key, as {@link EventReader#positions} gave it
     * @param otherwise where to begin with a queue that has no position
     */
    public MergedReader merged(Collection<QueueName> queues, Map<String, Position> positions, Position otherwise) {
        List<QueueReader> readers = queues.stream()
                .map(queue -> reader(queue, positions.getOrDefault(queue.key(), otherwise)))
                .toList();
        return new MergedReader(tables, items, time, readers);
    }

    /**
     * The event with this full id; empty if it is not there, or is no event.
     *
     * @throws UnreadableException if it is there and cannot be read
     */
    public Optional<QueueEvent> find(QueueName queue, String eid) {
        Search search = new Search(reader(queue, Search.before(eid)), new Query.Id(eid));
        Search.Found found;
        do {
            found = search.next(1, ReadLimits.DEFAULTS.withEvents(FIND_EVENTS));
            if (found.events().isEmpty() && found.stop() instanceof Stop.Unreadable unreadable) {
                throw new UnreadableException(unreadable);
            }
        } while (found.events().isEmpty() && !(found.stop() instanceof Stop.End));
        return found.events().stream().findFirst();
    }

    /**
     * A search through a queue and its sub-queues.
     *
     * @param from where it begins; a search for ids begins with the first that can be one
     */
    public Search search(QueueName queue, Position from, Query query) {
        Position begin = query instanceof Query.Id(String prefix) ? Search.before(prefix) : from;
        return new Search(readerOfAll(queue, begin), query);
    }

    /**
     * Follows an event up to its origin by what events say they came from, and down through the queues of the bots that read past it.
     *
     * @return empty if there is no such event
     */
    public Optional<Trace> trace(QueueName queue, String eid, TraceLimits limits) {
        return find(queue, eid).map(event -> new Tracer(this, items.scan(tables.cron()), time, limits).trace(event));
    }

    /**
     * Writes events and waits until they are in the stream of the bus: for tools and tests. Who writes all the time keeps a
     * {@link QueueWriter}.
     *
     * @param streams the bus
     * @param producer an id that no other writer has or had; the same again for the same events, if the outcome was not known
     * @param random for the jitter of waits
     * @return how many they were
     * @throws dev.weir.writer.WriterFailedException if they were not accepted in time; put the same again with the same id
     */
    public long put(Streams streams, String producer, RandomGenerator random, List<NewEvent> events) {
        SteppedWriter stream = new SteppedWriter(
                streams,
                Producer.fresh(producer, tables.stream(), tables.lanes()),
                time,
                random,
                WriterLimits.DEFAULTS);
        LineSink sink = (key, line) -> {
            while (!stream.hasRoom(line.length())) {
                step(stream);
            }
            stream.put(key, line);
        };
        QueueWriter writer = new QueueWriter(tables, producer, sink, objects, time);
        events.forEach(writer::put);
        stream.flush();
        while (!stream.isDrained()) {
            step(stream);
        }
        return events.size();
    }

    private void step(SteppedWriter stream) {
        if (!stream.step()) {
            stream.dueMillis().ifPresent(due -> time.pause(Duration.ofMillis(Math.max(1, due - time.epochMillis()))));
        }
    }

    /** The queue, if it has a head of its own, and its sub-queues; the queue alone, if there is none of them. By one scan of the heads. */
    public List<QueueName> parts(QueueName queue) {
        List<QueueName> parts = new ArrayList<>();
        for (QueueHead head : heads()) {
            if (head.queue().equals(queue.key()) || isLaneOf(queue.key(), head.queue())) {
                parts.add(QueueName.of(head.queue()));
            }
        }
        return parts.isEmpty() ? List.of(queue) : parts;
    }

    /** Whether a key is that of a lane's sub-queue: a number, or a shard, as {@code Bus.queue} makes them. */
    static boolean isLaneOf(String queue, String key) {
        return key.startsWith(queue + ".") && key.substring(queue.length() + 1).matches("\\d{1,4}|shard-.+");
    }
}
