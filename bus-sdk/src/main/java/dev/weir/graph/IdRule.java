package dev.weir.graph;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/**
 * Dedupe by a business id in the payload.
 *
 * @param id the event's id, or empty for an event without one
 * @param horizon how long an id is remembered, counted from its commit
 */
public record IdRule<T>(Function<T, Optional<String>> id, Duration horizon) {}
