/**
 * The event source mapping of Lambda for Kinesis, on one machine: {@link dev.weir.local.mapping.ShardPoller} decides (pure, driven by
 * anyone who has a clock), {@link dev.weir.local.mapping.EventSourceMapping} does (threads, a source of shards, a function).
 *
 * <p>Source of the behaviour: AWS Lambda Developer Guide, "Using Lambda with Kinesis" (parameters, batching, partial batch response,
 * discarded batches). What that leaves open is decided in the Javadoc of the class that decides it.
 */
@NullMarked
package dev.weir.local.mapping;

import org.jspecify.annotations.NullMarked;
