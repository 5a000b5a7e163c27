package dev.weir.queue;

import dev.weir.port.Item;
import dev.weir.port.Items;
import dev.weir.port.Key;
import dev.weir.port.StoreUnavailableException;
import dev.weir.port.Time;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads one queue, or one sub-queue: first its snapshot or its archive, if the position is in them, then the queue itself. Not
 * thread-safe.
 *
 * <p>The head of the queue is read before each look-up of chunks and bounds it: nothing above the head is read, since a bus of RStreams may
 * still publish below it; and what was archived by then is read from the archive, since it may be gone from the queue. A look-up is for few
 * chunks at first and for more while a reader is behind; chunks that a page leaves wait for the next page.
 */
public final class QueueReader implements EventReader {
    private static final int CHUNKS_FIRST = 4;

    /** Most chunks in one look-up. */
    static final int CHUNKS_MAX = 64;

    private final QueueTables tables;
    private final QueueName queue;
    private final Items items;
    private final SectionLoader loader;
    private final Time time;

    private Position from;
    private String after = "";
    private int ask = CHUNKS_FIRST;
    private final Deque<StoredChunk> chunks = new ArrayDeque<>();
    private final Deque<Section> sections = new ArrayDeque<>();
    private @Nullable Segment segment;
    private boolean drained;
    private boolean lookedUp; // for this page: an end that was seen before is no news
    private @Nullable SectionLines lines;
    private String chunkEnd = "";

    QueueReader(QueueTables tables, QueueName queue, Items items, SectionLoader loader, Time time, Position from) {
        this.tables = tables;
        this.queue = queue;
        this.items = items;
        this.loader = loader;
        this.time = time;
        this.from = from;
        if (from instanceof Position.After || from instanceof Position.At) {
            after = from.text();
        }
    }

    @Override
    public Page next(ReadLimits limits) {
        Filling page = new Filling(limits, time);
        Optional<Stop> stop = Optional.empty();
        lookedUp = false;
        while (stop.isEmpty()) {
            stop = page.full().or(() -> step(page));
        }
        return page.ended(stop.get());
    }

    /** Where the reader stands. */
    public Position position() {
        return after.isEmpty() ? from : Position.of(after);
    }

    String key() {
        return queue.key();
    }

    /** Whether a read could give anything, by a head that was just read: so that idle sub-queues cost one look together. */
    boolean mayGoOn(Optional<QueueHead> head) {
        boolean begun = segment != null || lines != null;
        return begun
                || (head.isPresent()
                        && (after.isEmpty()
                                || Segment.at(queue, head.get(), after, Optional.empty())
                                        .isPresent()));
    }

    @Override
    public Map<String, Position> positions() {
        return Map.of(queue.key(), position());
    }

    @Override
    public void passOver(Stop.Unreadable unreadable) {
        Section section = sections.peek();
        if (section == null
                || segment == null
                || !segment.position(section.last()).equals(unreadable.end())) {
            throw new IllegalArgumentException(
                    "this is not what the reader stands before: queue=" + queue + " eid=" + unreadable.eid());
        }
        sections.remove();
        rise(unreadable.end());
    }

    /** One step further: a line, a section, a chunk, a look-up; whichever comes next. */
    private Optional<Stop> step(Filling page) {
        if (lines != null && lines.hasNext()) {
            QueueEntry entry = lines.next();
            rise(entry.eid().compareTo(chunkEnd) > 0 ? chunkEnd : entry.eid());
            page.add(entry);
            return Optional.empty();
        }
        lines = null;
        Segment current = segment;
        if (current == null) {
            return page.late().or(() -> page.answered(this::lookUp));
        }
        if (!sections.isEmpty()) {
            return page.late().or(() -> page.answered(() -> open(current)));
        }
        if (!chunkEnd.isEmpty()) {
            rise(chunkEnd);
            chunkEnd = "";
        }
        if (!chunks.isEmpty()) {
            begin(current, chunks.remove());
            return Optional.empty();
        }
        return leave(current);
    }

    private Optional<Stop> open(Segment current) {
        Section section = sections.element();
        return switch (loader.load(section)) {
            case SectionLoader.Lines(byte[] text) -> {
                sections.remove();
                lines = new SectionLines(queue.key(), current, section, text, after);
                yield Optional.empty();
            }
            case SectionLoader.Failed(String where, String reason) -> {
                String first = current.position(section.first());
                yield Optional.of(new Stop.Unreadable(
                        queue.key(),
                        first.compareTo(after) > 0 ? first : after,
                        current.position(section.last()),
                        where,
                        reason));
            }
        };
    }

    private void begin(Segment current, StoredChunk chunk) {
        chunkEnd = current.position(chunk.end());
        for (Section section : chunk.sections()) {
            if (current.position(section.last()).compareTo(after) > 0) {
                sections.add(section);
            }
        }
    }

    /** All chunks of the last look-up were read. */
    private Optional<Stop> leave(Segment current) {
        segment = null;
        if (!drained) {
            ask = Math.min(CHUNKS_MAX, 2 * ask);
            return Optional.empty();
        }
        drained = false;
        current.next().ifPresent(this::moveTo);
        return lookedUp && current.next().isEmpty() ? Optional.of(Stop.END) : Optional.empty();
    }

    private Optional<Stop> lookUp() {
        lookedUp = true;
        Optional<QueueHead> head = head(queue.key());
        if (head.isEmpty()) {
            return Optional.of(Stop.END);
        }
        if (after.isEmpty()) {
            after = start(head.get());
        }
        Optional<String> snapshotMax = after.startsWith(Position.SNAPSHOTS)
                ? head(queue.snapshotKey()).flatMap(QueueHead::maxEid)
                : Optional.empty();
        Optional<Segment> found = Segment.at(queue, head.get(), after, snapshotMax);
        found.ifPresent(this::query);
        return found.isPresent() ? Optional.empty() : Optional.of(Stop.END);
    }

    private void query(Segment found) {
        List<Item> page = items.query(
                tables.chunks(),
                found.partition(),
                Eids.justAfter(found.stored(after)),
                Eids.justAfter(found.to()),
                ask);
        for (Item item : page) {
            chunks.add(StoredChunk.of(item));
        }
        drained = page.size() < ask;
        segment = found;
    }

    private String start(QueueHead head) {
        return switch (from) {
            case Position.Now() -> head.maxEid().orElse(Position.EIDS);
            case Position.Beginning() ->
                head.snapshotNext().flatMap(_ -> head.snapshotStart()).orElse(Position.EIDS);
            case Position.After(String eid) -> eid;
            case Position.At at -> at.text();
        };
    }

    private Optional<QueueHead> head(String key) {
        return items.get(new Key(tables.heads(), key, null)).map(QueueHead::of);
    }

    private void rise(String eid) {
        if (eid.compareTo(after) > 0) {
            after = eid;
        }
    }

    /** From a snapshot to the queue positions go down as text. */
    private void moveTo(String position) {
        after = position;
    }

    /** A page that is being filled. */
    private static final class Filling {
        private final ReadLimits limits;
        private final Time time;
        private final long beganMillis;
        private final List<QueueEntry> entries = new ArrayList<>();
        private long bytes;

        Filling(ReadLimits limits, Time time) {
            this.limits = limits;
            this.time = time;
            this.beganMillis = time.epochMillis();
        }

        void add(QueueEntry entry) {
            entries.add(entry);
            bytes += entry.line().length() + 1;
        }

        Optional<Stop> full() {
            if (entries.size() >= limits.events()) {
                return Optional.of(Stop.EVENTS);
            }
            return bytes >= limits.bytes() ? Optional.of(Stop.BYTES) : Optional.empty();
        }

        /** Asked before anything that takes time. */
        Optional<Stop> late() {
            boolean isLate = !entries.isEmpty() && time.epochMillis() - beganMillis >= limits.millis();
            return isLate ? Optional.of(Stop.TIME) : Optional.empty();
        }

        /** What was read is given, also when a store then does not answer: the reader has passed it. */
        Optional<Stop> answered(Supplier<Optional<Stop>> call) {
            try {
                return call.get();
            } catch (StoreUnavailableException e) {
                if (entries.isEmpty()) {
                    throw e;
                }
                return Optional.of(Stop.TIME);
            }
        }

        Page ended(Stop stop) {
            return new Page(entries, stop);
        }
    }
}
