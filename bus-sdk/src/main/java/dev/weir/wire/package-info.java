/** Formats: Kinesis record data, the RStreams envelope, KPL aggregates, the Lambda Kinesis event. */
@NullMarked
package dev.weir.wire;

import org.jspecify.annotations.NullMarked;
