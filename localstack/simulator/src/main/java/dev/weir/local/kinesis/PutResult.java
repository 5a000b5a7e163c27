package dev.weir.local.kinesis;

/** What became of one record that was put. */
public sealed interface PutResult {

    /** It is in the shard, and in the log if there is one. */
    record Stored(String shardId, String sequenceNumber) implements PutResult {}

    /** It was not taken; others of its batch may have been. */
    record Refused(KinesisError error, String message) implements PutResult {}
}
