package dev.weir.pipeline;

/** A value and the side of a join through which it came. */
record Sided(int side, Object value) {}
