package dev.weir.queue;

import dev.weir.model.Json;

/** One line of a queue, in its place. */
public sealed interface QueueEntry permits QueueEvent, BadLine {

    /** Key of the queue in the tables. */
    String queue();

    /** The full id of the entry; also that of a snapshot, which begins with {@code _snapshot/}. */
    String eid();

    /** The line as it is stored. */
    Json line();
}
