package dev.weir.pipeline;

/**
 * What a window of a key came to.
 *
 * @param fromMillis its first millisecond, since the epoch
 * @param toMillis the first one behind it
 */
public record Windowed<A>(long fromMillis, long toMillis, A value) {}
