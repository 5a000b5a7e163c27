package dev.weir.pipeline;

/**
 * A value with its key.
 *
 * @param millis event time, milliseconds since the epoch: when it arrived on the bus, unless the pipeline says otherwise
 */
public record KeyedEvent<T>(String key, T value, long millis) {}
