package dev.weir.queue;

import dev.weir.model.Json;

/**
 * A line that is no event, because it is no JSON or no envelope. It has its place and its id like any other, and stops nobody.
 *
 * @param reason what is wrong with it, and at which byte
 */
public record BadLine(String queue, String eid, Json line, String reason) implements QueueEntry {}
