/**
 * Parked events in the hands of an operator: what was taken out of the way, why, and what becomes of it.
 *
 * <p>Events are parked by the spine, and put back or dropped by it too: an operator sends a command through the stream to the lane that
 * keeps the event, and the lane carries it out in the order of its stream, under its fence. See {@link dev.weir.parking.ParkedEvents}.
 */
@NullMarked
package dev.weir.parking;

import org.jspecify.annotations.NullMarked;
