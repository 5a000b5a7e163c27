package dev.weir.local.kinesis;

/** What can be told of a call before it is made, and matters to the known differences. */
enum CallTrait {
    /** A value is outside of what the API reference gives for its field. */
    BREAKS_A_CONSTRAINT,
    STREAM_IS_UNKNOWN,
    SHARD_IS_CLOSED,
    /** The sequence number is of no record and no start of the shard. */
    NUMBER_IS_FOREIGN,
    /** The adjacent shard is the one below. */
    MERGES_DOWNWARDS,
    /** A split at the first hash key of the shard. */
    CHILD_WOULD_BE_EMPTY
}
