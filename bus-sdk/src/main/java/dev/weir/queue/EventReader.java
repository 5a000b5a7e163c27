package dev.weir.queue;

import java.util.Map;

/**
 * Reads a queue from a position on, a page at a time. It does not wait: at the end a page is empty, and the next one may not be.
 *
 * <p>What was read is never read again, and what a page leaves is kept for the next; so pages may be as small as one likes. Not
 * thread-safe.
 */
public sealed interface EventReader permits QueueReader, MergedReader, PrefetchingReader {

    /**
     * The next page.
     *
     * @throws dev.weir.port.StoreUnavailableException if a store does not answer; nothing is lost, call again
     */
    Page next(ReadLimits limits);

    /**
     * Where each queue stands, by key: one for a queue, one for each sub-queue of a queue that is cut in lanes. A reader that begins there
     * gives exactly what this one did not.
     */
    Map<String, Position> positions();

    /** Goes on behind what could not be read: its events are given up by this reader. */
    void passOver(Stop.Unreadable unreadable);
}
