/**
 * The bot that turns the lines of the bus's stream into the chunks of its queues: what RStreams calls the Kinesis processor.
 * {@link dev.weir.functions.ingest.Ingest} is the graph, {@link dev.weir.functions.ingest.BusLine} what a line may be.
 */
@NullMarked
package dev.weir.functions.ingest;

import org.jspecify.annotations.NullMarked;
