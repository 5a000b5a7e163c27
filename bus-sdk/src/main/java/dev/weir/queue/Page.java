package dev.weir.queue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * What one read gave.
 *
 * @param entries the entries, in order
 * @param stop why it ended
 */
public record Page(List<QueueEntry> entries, Stop stop) {

    public Page {
        entries = List.copyOf(entries);
    }

    /** The entries that are events. */
    public List<QueueEvent> events() {
        List<QueueEvent> events = new ArrayList<>(entries.size());
        for (QueueEntry entry : entries) {
            if (entry instanceof QueueEvent event) {
                events.add(event);
            }
        }
        return Collections.unmodifiableList(events);
    }

    /** Whether everything was read that is there. */
    public boolean isEnd() {
        return stop instanceof Stop.End;
    }

    /**
     * The page itself, if it did not end at something that cannot be read.
     *
     * @throws UnreadableException if it did and gave nothing before: for callers who know no way on
     */
    public Page orThrow() {
        if (entries.isEmpty() && stop instanceof Stop.Unreadable unreadable) {
            throw new UnreadableException(unreadable);
        }
        return this;
    }
}
