package dev.weir.queue;

import dev.weir.model.Eid;
import dev.weir.model.Json;
import dev.weir.port.Items;
import dev.weir.port.Key;
import dev.weir.port.ObjectStore;
import dev.weir.port.StoreUnavailableException;
import dev.weir.port.Time;
import dev.weir.wire.ByteSink;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;

/**
 * Writes snapshots of queues: events that stand for all that a queue held up to some event. Who reads the queue from the beginning reads the
 * snapshot, and then goes on in the queue behind that event, without a seam.
 *
 * <p>A snapshot is visible whole or not at all: its events lie in objects, pointers to them go to the bus, and a last line makes it the
 * snapshot of the queue; all of one producer, in one order. A writer that dies before that leaves nothing that anybody reads, and the next one
 * begins anew, with another producer id. Two that write at once do not mix; the one that began with the later event is what readers get.
 *
 * <p>A snapshot is kept as long as events of the queue are: make the next one before. A snapshot has the minute of the last event that it stands
 * for, so there is at most one a minute of the queue.
 *
 * <pre>{@code
 * try (var stream = StreamWriter.open(streams, Producer.fresh(id, tables.stream(), tables.lanes()), time, random, threads, limits)) {
 *     new SnapshotWriter(tables, id, stream::put, items, objects, time)
 *             .write("stock-keeper", QueueName.of("stock"), () -> stock.all().map(Item::toJson).iterator());
 * }
 * }</pre>
 *
 * <p>Not thread-safe.
 */
public final class SnapshotWriter {

    /** How many minutes back a place is looked for, if writers have died in those before. */
    static final int PLACES_MAX = 60;

    private static final long MINUTE_MILLIS = 60_000;

    /** Where a snapshot of nothing lies: before all events, with room for those that died. */
    private static final long NOTHING_MILLIS = 2 * PLACES_MAX * MINUTE_MILLIS;

    private final QueueTables tables;
    private final String producer;
    private final LineSink sink;
    private final Items items;
    private final ObjectStore objects;
    private final Time time;

    /**
     * @param tables where the queues are
     * @param producer the id under which the sink numbers; never used before, also not by an attempt that failed
     * @param sink the stream of the bus
     * @param items the tables
     * @param objects the bucket, {@link QueueTables#bucket}
     * @param time for timestamps and for waits
     */
    public SnapshotWriter(
            QueueTables tables, String producer, LineSink sink, Items items, ObjectStore objects, Time time) {
        this.tables = tables;
        this.producer = producer;
        this.sink = sink;
        this.items = items;
        this.objects = objects;
        this.time = time;
    }

    /**
     * Writes a snapshot of a queue as it is now. Events that are written while the payloads are gathered are read behind it, whether the
     * payloads show their effect or not.
     *
     * @param queue a queue, or one sub-queue of a lane
     * @param payloads asked for once, after it was noted which event of the queue is the last; each one JSON value of at most
     *     {@link QueueWriter#EVENT_BYTES_MAX} bytes
     * @throws StoreUnavailableException if a store does not answer; begin anew with another producer id
     */
    public SnapshotOutcome write(String bot, QueueName queue, Supplier<Iterator<Json>> payloads) {
        String last = head(queue).flatMap(QueueHead::maxEid).orElse(Position.EIDS);
        return write(bot, queue, last, payloads);
    }

    /**
     * Writes a snapshot that stands for all events of a queue up to one of them: for who has read so far, and knows what it made of them.
     *
     * @param upTo the last event that the payloads stand for, or {@code z/} for none
     * @throws IllegalArgumentException if that is no event id, or a payload is too large
     */
    public SnapshotOutcome write(String bot, QueueName queue, String upTo, Supplier<Iterator<Json>> payloads) {
        OptionalLong place = reserve(queue, lastMinute(upTo));
        if (place.isEmpty()) {
            return new SnapshotOutcome.Refused(
                    "there is a snapshot of this minute, or a later one, or too many were begun: queue=" + queue
                            + " upTo=" + upTo + "; write it when the queue has a later event");
        }
        long minute = place.getAsLong();
        long events = putAll(bot, queue, minute, payloads.get());
        if (!isLater(queue, minute)) {
            return new SnapshotOutcome.Refused(
                    "another writer has made a later snapshot meanwhile: queue=" + queue + " upTo=" + upTo);
        }
        sink.put(queue.key(), registration(bot, queue, minute, upTo));
        return new SnapshotOutcome.Written(start(minute), upTo, events);
    }

    private static long lastMinute(String upTo) {
        if (upTo.equals(Position.EIDS)) {
            return NOTHING_MILLIS;
        }
        long millis = Eid.parse(upTo)
                .orElseThrow(() -> new IllegalArgumentException("a snapshot goes up to a whole event id: upTo=" + upTo))
                .epochMillis();
        return millis - millis % MINUTE_MILLIS;
    }

    // ------------------------------------------------------------------ its place

    /**
     * A minute that no other writer has or had: of the last event or before, so that who is still reading an older snapshot when this one
     * comes misses nothing, and behind the snapshot that there is, so that its readers see that this one is newer.
     */
    private OptionalLong reserve(QueueName queue, long lastMinute) {
        for (int i = 0; i < PLACES_MAX; i++) {
            long minute = lastMinute - i * MINUTE_MILLIS;
            if (minute <= 0 || !isLater(queue, minute)) {
                return OptionalLong.empty();
            }
            if (isUnused(queue, minute) && isOurs(queue, minute)) {
                return OptionalLong.of(minute);
            }
        }
        return OptionalLong.empty();
    }

    private boolean isLater(QueueName queue, long minute) {
        return head(queue)
                .flatMap(QueueHead::snapshotStart)
                .map(registered -> start(minute).compareTo(registered) > 0)
                .orElse(true);
    }

    /** Other clients of the bus reserve nothing. */
    private boolean isUnused(QueueName queue, long minute) {
        String prefix = Eids.minute(minute);
        return items.query(tables.chunks(), queue.snapshotKey(), prefix, prefix + "~", 1)
                .isEmpty();
    }

    /** The first writer of the object has the minute, for good. */
    private boolean isOurs(QueueName queue, long minute) {
        String key = folder(queue, minute) + "writer";
        byte[] name = producer.getBytes(StandardCharsets.UTF_8);
        return !ObjectFile.put(objects, time, key, name)
                || objects.get(key).filter(there -> Arrays.equals(there, name)).isPresent();
    }

    private Optional<QueueHead> head(QueueName queue) {
        return items.get(new Key(tables.heads(), queue.key(), null)).map(QueueHead::of);
    }

    private static String folder(QueueName queue, long minute) {
        return "bus/" + queue.snapshotKey() + "/" + Eids.minute(minute);
    }

    private static String start(long minute) {
        return Position.SNAPSHOTS + Eids.minute(minute);
    }

    // ------------------------------------------------------------------ what is in it

    private long putAll(String bot, QueueName queue, long minute, Iterator<Json> payloads) {
        long events = 0;
        for (int files = 1; payloads.hasNext(); files++) {
            ObjectFile file = new ObjectFile();
            do {
                Json payload = payloads.next();
                if (payload.length() > QueueWriter.EVENT_BYTES_MAX) {
                    throw new IllegalArgumentException("an event has at most " + QueueWriter.EVENT_BYTES_MAX
                            + " bytes: queue=" + queue + " bytes=" + payload.length());
                }
                file.add(NewEvent.of(bot, queue, payload).timed(time.epochMillis()));
            } while (payloads.hasNext()
                    && file.bytes() < QueueWriter.OBJECT_BYTES
                    && file.size() < QueueWriter.OBJECT_EVENTS_MAX);
            String key = folder(queue, minute) + Eids.padded(files, 7) + ".gz";
            sink.put(queue.key(), pointer(minute, file.store(tables.bucket(), key, objects, time)));
            events += file.size();
        }
        return events;
    }

    /** The pointer of a bulk load, with one field more. */
    private static Json pointer(long minute, Json pointer) {
        ByteSink line = new ByteSink(pointer.length() + 40);
        line.putUtf8("{\"snapshot\":" + minute + ",");
        line.put(new Json(pointer.array(), pointer.from() + 1, pointer.to()));
        return Json.of(line.toBytes());
    }

    /** RStreams knows {@code next} as a moment, and goes on with its minute; {@code after} is ours, and exact. */
    private static Json registration(String bot, QueueName queue, long minute, String upTo) {
        Optional<Eid> last = Eid.parse(upTo);
        ByteSink line = new ByteSink();
        line.putUtf8("{\"_cmd\":\"registerSnapshot\",\"event\":");
        line.putString(queue.key());
        line.putUtf8(",\"start\":" + minute + ",\"next\":"
                + last.map(Eid::epochMillis).orElse(0L) + ",\"id\":");
        line.putString(bot);
        last.ifPresent(eid -> line.putUtf8(",\"after\":\"" + eid + "\""));
        line.put('}');
        return Json.of(line.toBytes());
    }
}
