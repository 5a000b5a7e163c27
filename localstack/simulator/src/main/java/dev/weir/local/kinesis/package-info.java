/** Kinesis Data Streams in memory: a pure model that a server and a simulator share, and an optional log that keeps it across restarts. */
@NullMarked
package dev.weir.local.kinesis;

import org.jspecify.annotations.NullMarked;
