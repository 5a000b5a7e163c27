package dev.weir.queue;

import dev.weir.port.Items;
import dev.weir.port.Time;
import dev.weir.queue.LookUp.Found;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Reads one queue, or one sub-queue: first its snapshot or its archive, if the position is in them, then the queue itself. Not
 * thread-safe.
 *
 * <p>A look-up is for few chunks at first and for more while a reader is behind; chunks that a page leaves wait for the next page.
 */
public final class QueueReader implements EventReader {
    private static final int CHUNKS_FIRST = 4;

    /** Most chunks in one look-up. */
    static final int CHUNKS_MAX = 64;

    /** Bytes of chunks that a look-up is to find, if it finds enough: a query of DynamoDB gives a megabyte at once, and starts over for more. */
    static final int LOOK_UP_BYTES = 896 * 1024;

    private final QueueName queue;
    private final LookUp lookUp;
    private final SectionLoader loader;
    private final Time time;

    private final Position from;
    private String after = "";
    private int ask = CHUNKS_FIRST;
    private Optional<LookAhead> ahead = Optional.empty();
    private final Deque<StoredChunk> chunks = new ArrayDeque<>();
    private final Deque<Section> sections = new ArrayDeque<>();
    private @Nullable Segment segment;
    private boolean drained;
    private boolean lookedUp; // for this page: an end that was seen before is no news
    private @Nullable SectionLines lines;
    private String chunkEnd = "";

    QueueReader(QueueTables tables, QueueName queue, Items items, SectionLoader loader, Time time, Position from) {
        this.queue = queue;
        this.lookUp = new LookUp(tables, queue, items);
        this.loader = loader;
        this.time = time;
        this.from = from;
        if (from instanceof Position.After || from instanceof Position.At) {
            after = from.text();
        }
    }

    /** From now on the next chunks are looked up while the last ones are read. */
    void lookAhead(Executor executor) {
        ahead = Optional.of(new LookAhead(lookUp, executor));
    }

    @Override
    public Page next(ReadLimits limits) {
        Filling page = new Filling(limits, time);
        Optional<Stop> stop = Optional.empty();
        lookedUp = false;
        while (stop.isEmpty()) {
            drain(page);
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

    /** The lines of the section that is open, as far as they fit. */
    private void drain(Filling page) {
        SectionLines open = lines;
        while (open != null && open.hasNext() && !page.isFull()) {
            QueueEntry entry = open.next();
            rise(entry.eid().compareTo(chunkEnd) > 0 ? chunkEnd : entry.eid());
            page.add(entry);
        }
    }

    /** One step further, behind the lines that are open: a section, a chunk, a look-up; whichever comes next. */
    private Optional<Stop> step(Filling page) {
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
            return Optional.empty();
        }
        drained = false;
        current.next().ifPresent(this::moveTo);
        return lookedUp && current.next().isEmpty() ? Optional.of(Stop.END) : Optional.empty();
    }

    private Optional<Stop> lookUp() {
        Optional<Found> early = ahead.flatMap(look -> look.take(after))
                .filter(found -> found.segment().isPresent()); // what ended then may go on now
        lookedUp |= early.isEmpty();
        Found found = early.orElseGet(() -> lookUp.look(from, after, ask));
        after = found.after();
        if (found.segment().isEmpty()) {
            return Optional.of(Stop.END);
        }
        segment = found.segment().get();
        drained = found.isDrained();
        chunks.addAll(found.chunks());
        if (!drained) {
            ask = more(found);
        }
        ahead.ifPresent(look -> found.next().ifPresent(next -> look.begin(next, ask)));
        return Optional.empty();
    }

    /** Twice as many as before, as far as they are small. */
    private int more(Found found) {
        long fitting = LOOK_UP_BYTES * (long) found.chunks().size() / Math.max(1, found.inlineBytes());
        return Math.clamp(fitting, CHUNKS_FIRST, Math.min(CHUNKS_MAX, 2 * ask));
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
}
