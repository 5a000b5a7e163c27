package dev.weir.queue;

import dev.weir.port.Attribute;
import dev.weir.port.Condition;
import dev.weir.port.Items;
import dev.weir.port.Key;
import dev.weir.port.ObjectStore;
import dev.weir.port.Path;
import dev.weir.port.StoreUnavailableException;
import dev.weir.port.Time;
import dev.weir.port.Write;
import dev.weir.port.WriteOutcome;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Copies what is old in queues to objects, from where readers take it when the queue has forgotten it.
 *
 * <p>An object is stored first; then one transaction writes the chunk of the archive that points to it, moves the archive's end, which readers go
 * by, and the archive's head, on condition that the end is where this archiver found it. So several archivers at once, and one that died half-way,
 * leave no hole and no event twice. Thread-safe.
 */
public final class Archiver {
    private static final int TRIES_MAX = 8;
    private static final long PAUSE_FIRST_MILLIS = 50;
    private static final String ORIGIN = "z/";

    private final QueueTables tables;
    private final Items items;
    private final ObjectStore objects;
    private final Time time;
    private final int sectionBytes;

    /**
     * @param tables where the queues are
     * @param items their tables
     * @param objects the bucket, {@link QueueTables#bucket}
     * @param time for timestamps, for waits, and for the time that it may take
     */
    public Archiver(QueueTables tables, Items items, ObjectStore objects, Time time) {
        this(tables, items, objects, time, ArchiveFile.SECTION_BYTES);
    }

    Archiver(QueueTables tables, Items items, ObjectStore objects, Time time, int sectionBytes) {
        this.tables = tables;
        this.items = items;
        this.objects = objects;
        this.time = time;
        this.sectionBytes = sectionBytes;
    }

    /**
     * Archives a queue from its archive's end on.
     *
     * @param untilMillis events whose ids are of this moment or later stay out, milliseconds since the epoch
     * @param deadlineMillis when to begin no further object, milliseconds since the epoch
     * @throws StoreUnavailableException if a store does not answer; what was archived by then stays archived
     */
    public ArchiveReport archive(QueueName queue, long untilMillis, long deadlineMillis) {
        Optional<QueueHead> head = head(queue);
        if (head.isEmpty() || head.get().skipArchive()) {
            return new ArchiveReport(queue.key(), 0, 0, ArchiveReport.SKIPPED);
        }
        Optional<String> end = head.get().archiveEnd();
        Source source = new Source(reader(queue, end.orElse(ORIGIN)), Eids.prefix(untilMillis));
        long events = 0;
        int files = 0;
        while (source.peek() != null) {
            if (files > 0 && time.epochMillis() >= deadlineMillis) {
                return new ArchiveReport(queue.key(), events, files, ArchiveReport.OUT_OF_TIME);
            }
            ArchiveFile file = fill(queue, source);
            if (!commit(queue, file, end)) {
                return new ArchiveReport(queue.key(), events, files, ArchiveReport.OVERTAKEN);
            }
            end = Optional.of(file.last());
            events += file.events();
            files++;
        }
        return new ArchiveReport(queue.key(), events, files, source.ending());
    }

    private QueueReader reader(QueueName queue, String after) {
        SectionLoader loader = new SectionLoader(tables.bucket(), objects);
        return new QueueReader(tables, queue, items, loader, time, new Position.After(after));
    }

    private ArchiveFile fill(QueueName queue, Source source) {
        ArchiveFile file = new ArchiveFile(queue.key(), sectionBytes);
        QueueEntry entry = source.peek();
        while (entry != null && !file.isFull()) {
            file.add(entry);
            source.remove();
            entry = source.peek();
        }
        return file;
    }

    /** Gives whether the archive now ends with this file; false if somebody else moved its end. */
    private boolean commit(QueueName queue, ArchiveFile file, Optional<String> end) {
        byte[] content = file.close();
        String key = file.key(content);
        ObjectFile.put(objects, time, key, content);
        long nowMillis = time.epochMillis();
        Attribute last = Attribute.of(file.last());
        Path archiveEnd = Path.of("archive", "end");
        List<Write> writes = List.of(
                new Write.Put(file.chunk(tables, queue, key, content.length, nowMillis), Condition.ABSENT),
                new Write.Update(
                        new Key(tables.heads(), queue.key(), null),
                        Map.of("archive", Attribute.of(Map.of("end", last))),
                        end.map(old -> Condition.equal(archiveEnd, Attribute.of(old)))
                                .orElse(Condition.absent(archiveEnd))),
                new Write.Update(
                        new Key(tables.heads(), queue.archiveKey(), null),
                        Map.of("max_eid", last, "timestamp", Attribute.of(nowMillis), "v", Attribute.of(2)),
                        new Condition.AbsentOrBelow("max_eid", last)));
        return write(queue, writes, file.last());
    }

    private boolean write(QueueName queue, List<Write> writes, String end) {
        long pauseMillis = PAUSE_FIRST_MILLIS;
        String reason = "";
        for (int tries = 0; tries < TRIES_MAX; tries++) {
            switch (items.transact(writes)) {
                case WriteOutcome.Written() -> {
                    return true;
                }
                case WriteOutcome.ConditionFailed _ -> {
                    return isEnd(queue, end); // by a try whose answer was lost
                }
                case WriteOutcome.Retry(String why) -> reason = why;
                case WriteOutcome.Unknown(String why) -> reason = why;
            }
            time.pause(Duration.ofMillis(pauseMillis));
            pauseMillis *= 2;
        }
        throw new StoreUnavailableException("the archive could not be moved; the next run does it: queue=" + queue
                + " end=" + end + " lastReason=" + reason);
    }

    private boolean isEnd(QueueName queue, String end) {
        return head(queue).flatMap(QueueHead::archiveEnd).filter(end::equals).isPresent();
    }

    private Optional<QueueHead> head(QueueName queue) {
        return items.get(new Key(tables.heads(), queue.key(), null)).map(QueueHead::of);
    }

    /** The entries of a queue before a moment, one by one. */
    private static final class Source {
        private final QueueReader reader;
        private final String until;
        private final Deque<QueueEntry> page = new ArrayDeque<>();
        private Stop stop = Stop.EVENTS;

        Source(QueueReader reader, String until) {
            this.reader = reader;
            this.until = until;
        }

        /** Null at the end. */
        @Nullable
        QueueEntry peek() {
            while (page.isEmpty() && !(stop instanceof Stop.End || stop instanceof Stop.Unreadable)) {
                Page next = reader.next(ReadLimits.DEFAULTS);
                page.addAll(next.entries());
                stop = next.stop();
            }
            QueueEntry first = page.peek();
            return first != null && first.eid().compareTo(until) < 0 ? first : null;
        }

        void remove() {
            page.remove();
        }

        ArchiveReport.Ending ending() {
            return page.isEmpty() && stop instanceof Stop.Unreadable unreadable
                    ? new ArchiveReport.Blocked(unreadable)
                    : ArchiveReport.DONE;
        }
    }
}
