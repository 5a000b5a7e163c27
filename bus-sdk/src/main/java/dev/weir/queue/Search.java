package dev.weir.queue;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A search through a queue, some of it at a time. Not thread-safe.
 *
 * <p>It reads what there is: its cost is that of reading, and {@link #next} is how one pays in parts.
 */
public final class Search {

    /**
     * What a part of a search found.
     *
     * @param events what was found, in order
     * @param read how many entries were looked at
     * @param positions where the search stands
     * @param stop why the part ended: {@link Stop.End} when there is no more to look at
     */
    public record Found(List<QueueEvent> events, long read, Map<String, Position> positions, Stop stop) {
        public Found {
            events = List.copyOf(events);
            positions = Map.copyOf(positions);
        }
    }

    private final EventReader reader;
    private final Query query;
    private final Deque<QueueEntry> waiting = new ArrayDeque<>(); // read, and not looked at yet
    private final Map<String, Position> positions = new TreeMap<>();
    private Stop pageStop = Stop.EVENTS;
    private boolean passed; // ids are above all that are looked for

    Search(EventReader reader, Query query) {
        this.reader = reader;
        this.query = query;
        this.positions.putAll(reader.positions());
    }

    /** Where an id, or the first that begins so, will be the first to be read. */
    static Position before(String prefix) {
        String cut = prefix.substring(0, prefix.length() - 1);
        return cut.length() <= Position.EIDS.length() ? Position.beginning() : Position.of(cut);
    }

    /**
     * Looks further: at most at one page.
     *
     * @param most most events to find, 1 or more
     * @param limits how much to read for it, and how long
     */
    public Found next(int most, ReadLimits limits) {
        if (most < 1) {
            throw new IllegalArgumentException("a search finds at least one event: most=" + most);
        }
        if (waiting.isEmpty()) {
            Page page = reader.next(limits);
            pageStop = page.stop();
            waiting.addAll(page.entries());
        }
        List<QueueEvent> found = new ArrayList<>();
        long read = 0;
        while (!waiting.isEmpty() && found.size() < most && !passed) {
            QueueEntry entry = waiting.remove();
            look(entry, found);
            positions.put(entry.queue(), Position.of(entry.eid()));
            read++;
        }
        if (waiting.isEmpty()) {
            positions.putAll(reader.positions());
        }
        Stop stop = passed ? Stop.END : waiting.isEmpty() ? pageStop : Stop.EVENTS;
        return new Found(found, read, positions, stop);
    }

    private void look(QueueEntry entry, List<QueueEvent> found) {
        if (query instanceof Query.Id(String prefix)
                && !entry.eid().startsWith(prefix)
                && entry.eid().compareTo(prefix) > 0) {
            passed = true;
        } else if (entry instanceof QueueEvent event && query.matches(event)) {
            found.add(event);
        }
    }
}
