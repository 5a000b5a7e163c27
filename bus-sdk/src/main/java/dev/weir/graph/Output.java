package dev.weir.graph;

import dev.weir.model.Json;
import dev.weir.port.Attribute;
import dev.weir.queue.QueueName;
import java.util.List;
import java.util.Map;

/** One thing that a result writes to a queue which many may write; see {@link Sink#queues}. */
public sealed interface Output {

    /**
     * An event of the bot's own: the spine writes the envelope around it, with the bot as its {@code id}.
     *
     * @param queue physical name: 1 to 1,024 bytes
     * @param payload one JSON value
     */
    record Payload(String queue, Json payload) implements Output {}

    /**
     * An event with the envelope that it came in, all fields kept.
     *
     * @param log where it goes
     * @param line a JSON object with at least one field and without {@code eid}, which the spine adds: the place in the chunk
     * @param author who wrote it
     */
    record Line(Log log, Json line, Author author) implements Output {}

    /**
     * Events that lie in an object store: the queue gets an item that says where.
     *
     * @param log where they go
     * @param records how many events, 1 to 10,000,000
     * @param attributes of the item, but for its key, {@code start}, {@code records}, {@code v} and {@code ttl}, which the spine adds
     * @param authors who wrote them, each once
     * @param bytes of the attributes, about
     */
    record Stored(Log log, long records, Map<String, Attribute> attributes, List<Author> authors, int bytes)
            implements Output {}

    /**
     * Something that is said about a queue and is no event: attributes of its head, in place of those of the same name.
     *
     * @param queue physical name
     * @param attributes at least one
     */
    record Note(String queue, Map<String, Attribute> attributes) implements Output {}

    /** One of the logs that make up a queue of RStreams. */
    sealed interface Log {

        /** The queue that it belongs to. */
        String queue();

        /** The name under which it is stored. */
        default String text() {
            return switch (this) {
                case Live live -> live.queue;
                case Snapshot snapshot -> snapshot.queue + "/_snapshot";
                case Archive archive -> archive.queue + "/_archive";
            };
        }

        /** The queue itself: ids are drawn above its head. */
        record Live(String queue) implements Log {}

        /**
         * A snapshot of the queue. Its ids begin with the minute of the snapshot, and go on with the moment at which they were written.
         *
         * @param prefix the minute: {@code z/2026/11/20/17/05/}
         */
        record Snapshot(String queue, String prefix) implements Log {}

        /** A range of the queue that was moved to its archive and keeps its ids; a range whose end is there already is dropped. */
        record Archive(String queue, String start, String end) implements Log {}
    }

    /**
     * A bot of which a write checkpoint is kept.
     *
     * @param bot its id
     * @param queue the queue, as checkpoints name it
     * @param last index of its last event among those of the output, from 0
     * @param records how many events it says it wrote
     * @param sourceMillis the latest time at which what they tell of happened
     * @param writtenMillis the latest time at which one was written
     */
    record Author(String bot, QueueName queue, long last, long records, long sourceMillis, long writtenMillis) {}
}
