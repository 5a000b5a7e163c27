package dev.weir.graph;

import java.time.Duration;
import java.util.OptionalLong;
import java.util.function.Function;

/**
 * Order by a number in the payload that counts 1, 2, 3, ... per key.
 *
 * @param sequence the event's number, or empty for an event that takes its place as it comes
 * @param deadline how long an event waits for its predecessors before the gap is reported and passed
 */
public record SequenceRule<T>(Function<T, OptionalLong> sequence, Duration deadline) {}
