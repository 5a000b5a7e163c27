package dev.weir.pipeline;

import java.time.Instant;
import java.util.Optional;

/**
 * A change of a row of a table.
 *
 * @param key of the row; of a table with two key attributes both, with a slash between
 * @param before the row before; empty if it is new
 * @param after the row after; empty if it is gone
 * @param time when it was changed, about
 * @param <T> type of the rows
 */
public record Change<T>(String key, Optional<T> before, Optional<T> after, Instant time) {}
