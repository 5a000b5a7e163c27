package dev.weir.flow;

import dev.weir.queue.QueueEntry;

/** An entry of a queue and the pass in which it is read. */
public record SpineEntry(QueueShard shard, QueueEntry entry) {}
