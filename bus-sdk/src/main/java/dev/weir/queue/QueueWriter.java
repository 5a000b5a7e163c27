package dev.weir.queue;

import dev.weir.model.Json;
import dev.weir.port.ObjectStore;
import dev.weir.port.Time;
import dev.weir.wire.ByteSink;
import java.util.Iterator;

/**
 * Writes events to queues: as lines on the stream of the bus, from where the bus brings them into their queues.
 *
 * <p>What one writer writes to one queue stays in order, and takes effect once: lines are numbered by the writer of the stream. What is large
 * lies in an object, and a line points to it. The object's name comes from the producer's id and the count of its objects, so a writer that begins
 * anew with the same id and the same events finds what it stored before, and points to that.
 *
 * <pre>{@code
 * try (var stream = StreamWriter.open(streams, Producer.fresh(id, tables.stream(), tables.lanes()), time, random, threads, limits)) {
 *     QueueWriter writer = new QueueWriter(tables, id, stream::put, objects, time);
 *     writer.put(NewEvent.of("shop", QueueName.parse("orders"), Json.of("{\"n\":1}")));
 * }
 * }</pre>
 *
 * <p>Not thread-safe.
 */
public final class QueueWriter {

    /** Most bytes of an event that travels on the stream: 600 KiB. Source: RStreams, three times 200 KiB. */
    public static final int LINE_BYTES_MAX = 614_400;

    /** Most bytes of one event: 32 MiB, half of what a reader takes at once. */
    public static final int EVENT_BYTES_MAX = 32 * 1024 * 1024;

    /** Bytes of lines after which an object of a bulk load is closed: 10 MiB. Source: RStreams, a section. */
    public static final int OBJECT_BYTES = 10 * 1024 * 1024;

    /** Most events in one object of a bulk load. */
    public static final int OBJECT_EVENTS_MAX = 100_000;

    private final QueueTables tables;
    private final String producer;
    private final LineSink sink;
    private final ObjectStore objects;
    private final Time time;
    private final ByteSink line = new ByteSink();
    private long stored;

    /**
     * @param tables where the queues are
     * @param producer the id under which the sink numbers; two writers must not share one
     * @param sink the stream of the bus
     * @param objects the bucket, {@link QueueTables#bucket}
     * @param time for timestamps and for waits
     */
    public QueueWriter(QueueTables tables, String producer, LineSink sink, ObjectStore objects, Time time) {
        this.tables = tables;
        this.producer = producer;
        this.sink = sink;
        this.objects = objects;
        this.time = time;
    }

    /**
     * Writes an event. It is durable when the sink says so.
     *
     * @throws IllegalArgumentException if it has more than {@link #EVENT_BYTES_MAX} bytes
     * @throws dev.weir.port.StoreUnavailableException if its object could not be stored; put it again
     */
    public void put(NewEvent event) {
        NewEvent timed = event.timed(time.epochMillis());
        line.clear();
        timed.write(line, -1);
        if (line.size() > EVENT_BYTES_MAX) {
            throw new IllegalArgumentException("an event has at most " + EVENT_BYTES_MAX + " bytes: queue="
                    + event.queue() + " bytes=" + line.size());
        }
        if (line.size() <= LINE_BYTES_MAX) {
            sink.put(event.queue().key(), new Json(line.array(), 0, line.size()));
            return;
        }
        ObjectFile file = new ObjectFile();
        file.add(timed);
        point(timed, file);
    }

    /**
     * Writes many events through objects: cheaper than lines from some thousands on, whatever their size.
     *
     * @return how many they were
     * @throws dev.weir.port.StoreUnavailableException if an object could not be stored; begin anew with the same producer id
     */
    public long load(String bot, QueueName queue, Iterator<Json> payloads) {
        long events = 0;
        while (payloads.hasNext()) {
            ObjectFile file = new ObjectFile();
            NewEvent last;
            do {
                last = NewEvent.of(bot, queue, payloads.next()).timed(time.epochMillis());
                file.add(last);
            } while (payloads.hasNext() && file.bytes() < OBJECT_BYTES && file.size() < OBJECT_EVENTS_MAX);
            point(last, file);
            events += file.size();
        }
        return events;
    }

    private void point(NewEvent any, ObjectFile file) {
        String key = "bus/" + any.queue().key() + "/" + any.bot() + "/" + producer + "-" + Eids.padded(stored + 1, 7)
                + ".gz";
        sink.put(any.queue().key(), file.store(tables.bucket(), key, objects, time));
        stored++;
    }
}
