package dev.weir.local.kinesis;

/** Which shards ListShards shows. Without a filter it shows all that are not older than the retention. */
public sealed interface ShardFilter {

    /** All shards within the retention. */
    record All() implements ShardFilter {}

    /** Open shards. */
    record AtLatest() implements ShardFilter {}

    /** Shards that were open at the trim horizon. */
    record AtTrimHorizon() implements ShardFilter {}

    /** Shards that were open at the trim horizon or since: the same as all within the retention. */
    record FromTrimHorizon() implements ShardFilter {}

    /** Shards that were open at a time. */
    record AtTimestamp(long epochMillis) implements ShardFilter {}

    /** Shards that were open at a time or since. */
    record FromTimestamp(long epochMillis) implements ShardFilter {}

    /** Shards whose ids come after this one. */
    record AfterShard(String shardId) implements ShardFilter {}
}
