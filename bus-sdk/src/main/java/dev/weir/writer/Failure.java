package dev.weir.writer;

import org.jspecify.annotations.Nullable;

/**
 * Why a writer gave up. A value, so that each caller gets an exception of its own: try-with-resources cannot suppress an exception in itself.
 *
 * @param lane the lane that could not go on
 * @param firstUnacknowledged the lowest number of the lane that was not accepted
 * @param tries how often its record was put
 * @param reason what the stream said last
 * @param cause what was thrown, if anything
 */
record Failure(int lane, long firstUnacknowledged, int tries, String reason, @Nullable Throwable cause) {}
