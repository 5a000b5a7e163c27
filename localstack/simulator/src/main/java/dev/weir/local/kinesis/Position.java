package dev.weir.local.kinesis;

/** Where in a shard an iterator starts. */
public sealed interface Position {

    /** The oldest record that is not trimmed. */
    record TrimHorizon() implements Position {}

    /** After the newest record. */
    record Latest() implements Position {}

    /** The record with this number, or the next one. */
    record At(String sequenceNumber) implements Position {}

    /** The record after the one with this number. */
    record After(String sequenceNumber) implements Position {}

    /** The first record that arrived at this time (milliseconds since the epoch) or later. */
    record AtTimestamp(long epochMillis) implements Position {}
}
