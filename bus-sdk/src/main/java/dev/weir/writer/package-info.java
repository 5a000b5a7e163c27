/**
 * The producer side of exactly-once: numbers events per lane, gathers them into records and sends them in order, again and again until they are accepted.
 *
 * <p>The way of an event: {@link dev.weir.writer.StreamWriter} hands it to the shared batcher (the lock and all waiting), whose batcher
 * puts it into its lane's open chunk and decides which lanes go into the next request; a sender encodes and puts that, and the outcome of the request moves each lane on by one
 * record or makes it wait. A lane is in at most one request at a time and gives it one record, so nothing overtakes.
 */
@NullMarked
package dev.weir.writer;

import org.jspecify.annotations.NullMarked;
