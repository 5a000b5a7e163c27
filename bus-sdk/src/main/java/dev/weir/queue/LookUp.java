package dev.weir.queue;

import dev.weir.port.Item;
import dev.weir.port.Items;
import dev.weir.port.Key;
import java.util.List;
import java.util.Optional;

/**
 * Looks for the chunks of one queue behind a position. Thread-safe: no state.
 *
 * <p>The head of the queue is read before the chunks and bounds them: nothing above the head is read, since a bus of RStreams may still
 * publish below it; and what was archived by then is read from the archive, since it may be gone from the queue.
 */
record LookUp(QueueTables tables, QueueName queue, Items items) {

    /**
     * What was found.
     *
     * @param after the id behind which was looked; empty if the queue does not exist yet
     * @param segment the part of the queue that lies there; empty if there is nothing that may be read now
     * @param chunks in order; none if nothing is left of the segment
     * @param isDrained whether the segment has no more chunks
     */
    record Found(String after, Optional<Segment> segment, List<StoredChunk> chunks, boolean isDrained) {

        /** Where the look-up that follows begins, which is known before these chunks are read; empty where the queue ends. */
        Optional<String> next() {
            return isDrained
                    ? segment.flatMap(Segment::next)
                    : segment.map(read -> read.position(chunks.getLast().end()));
        }

        /** Bytes of the lines that lie in the chunks themselves. */
        long inlineBytes() {
            return chunks.stream().mapToLong(StoredChunk::inlineBytes).sum();
        }

        private static Found nothing(String after) {
            return new Found(after, Optional.empty(), List.of(), true);
        }
    }

    /**
     * Looks once.
     *
     * @param from where reading begins
     * @param after the id up to which was read; empty if nothing was, then {@code from} counts
     * @param chunksMax most chunks to find, 1 or more
     */
    Found look(Position from, String after, int chunksMax) {
        Optional<QueueHead> head = head(queue.key());
        if (head.isEmpty()) {
            return Found.nothing(after);
        }
        String behind = after.isEmpty() ? start(from, head.get()) : after;
        Optional<String> snapshotMax = behind.startsWith(Position.SNAPSHOTS)
                ? head(queue.snapshotKey()).flatMap(QueueHead::maxEid)
                : Optional.empty();
        return Segment.at(queue, head.get(), behind, snapshotMax)
                .map(segment -> query(behind, segment, chunksMax))
                .orElseGet(() -> Found.nothing(behind));
    }

    private Found query(String after, Segment segment, int chunksMax) {
        List<Item> rows = items.query(
                tables.chunks(),
                segment.partition(),
                Eids.justAfter(segment.stored(after)),
                Eids.justAfter(segment.to()),
                chunksMax);
        return new Found(
                after, Optional.of(segment), rows.stream().map(StoredChunk::of).toList(), rows.size() < chunksMax);
    }

    private static String start(Position position, QueueHead head) {
        return switch (position) {
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
}
