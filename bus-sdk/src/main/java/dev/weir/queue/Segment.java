package dev.weir.queue;

import java.util.Optional;

/**
 * The part of a queue in which a position lies: one partition of the table of chunks, read from the position to a bound.
 *
 * @param kind which part
 * @param partition key of its chunks
 * @param to the last id that may be read now, as it stands in the partition
 * @param next the position to go on with when all of it was read; empty where the queue ends
 */
record Segment(Kind kind, String partition, String to, Optional<String> next) {

    /** Which part of a queue, and so how the ids of its lines are found. */
    enum Kind {
        /** Ids follow from the place in the chunk. */
        LIVE,
        /** Ids stand in the lines. */
        ARCHIVE,
        /** Ids follow from the place in the chunk, behind {@link Position#SNAPSHOTS}. */
        SNAPSHOT
    }

    /** Behind every id that begins with the text before it. */
    private static final String LAST = "~";

    /**
     * The part that holds what comes after a position, by what the head said before anything is read. Empty if there is nothing that may
     * be read now.
     *
     * @param snapshotMax id of the last event in the snapshots of the queue, if the position is in one
     */
    static Optional<Segment> at(QueueName queue, QueueHead head, String after, Optional<String> snapshotMax) {
        if (after.startsWith(Position.SNAPSHOTS)) {
            return snapshot(queue, head, after, snapshotMax);
        }
        if (head.archiveEnd().isPresent() && head.archiveEnd().get().compareTo(after) > 0) {
            return Optional.of(new Segment(
                    Kind.ARCHIVE, queue.archiveKey(), head.archiveEnd().get(), head.archiveEnd()));
        }
        return head.maxEid()
                .filter(max -> max.compareTo(after) > 0)
                .map(max -> new Segment(Kind.LIVE, queue.key(), max, Optional.empty()));
    }

    /** A snapshot is all that has its minute; another one, which may follow it, is never read behind it. */
    private static Optional<Segment> snapshot(
            QueueName queue, QueueHead head, String after, Optional<String> snapshotMax) {
        String minute = after.substring(0, after.lastIndexOf('/') + 1);
        String stored = minute.substring(Position.SNAPSHOTS.length());
        String to = snapshotMax.filter(max -> max.compareTo(stored + LAST) < 0).orElse(stored + LAST);
        int age = minute.compareTo(head.snapshotStart().orElse(""));
        Optional<String> next = age > 0 ? Optional.empty() : Optional.of(stored);
        return Optional.of(new Segment(
                Kind.SNAPSHOT,
                queue.snapshotKey(),
                to,
                age == 0 ? head.snapshotNext().or(() -> next) : next));
    }

    /** A position as an id of the partition. */
    String stored(String position) {
        return kind == Kind.SNAPSHOT ? position.substring(Position.SNAPSHOTS.length()) : position;
    }

    /** An id of the partition as a position. */
    String position(String stored) {
        return kind == Kind.SNAPSHOT ? Position.SNAPSHOTS + stored : stored;
    }
}
