package dev.weir.pipeline;

/**
 * An open window of one key.
 *
 * @param value what its values come to so far
 */
record Pane(long from, long to, Object value) {}
