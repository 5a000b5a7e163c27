package dev.weir.local.kinesis;

/**
 * The limits that can be chosen, and as constants those that cannot. Source of the constants: Amazon Kinesis Data Streams, quotas and API reference.
 *
 * @param throttleShards whether a shard takes at most {@link #SHARD_BYTES_PER_SECOND} and {@link #SHARD_RECORDS_PER_SECOND}
 * @param heldBytesMax how many bytes one stream may hold (data, keys and {@link #RECORD_OVERHEAD_BYTES} a record) before it refuses more
 *     with ProvisionedThroughputExceededException; records leave by retention alone
 * @param openShardsMax how many open shards all streams together may have
 */
public record KinesisLimits(boolean throttleShards, long heldBytesMax, int openShardsMax) {

    public static final int RECORDS_PER_PUT_MAX = 500;
    public static final int BYTES_PER_PUT_MAX = 10 * 1024 * 1024;
    /** Data and partition key of one record. */
    public static final int RECORD_BYTES_MAX = 1024 * 1024;

    public static final int PARTITION_KEY_CHARS_MAX = 256;
    public static final int RECORDS_PER_GET_MAX = 10_000;
    public static final int BYTES_PER_GET_MAX = 10 * 1024 * 1024;
    public static final long ITERATOR_LIFE_MILLIS = 5 * 60 * 1000L;
    public static final int RETENTION_HOURS_MIN = 24;
    public static final int RETENTION_HOURS_MAX = 8760;
    public static final int SHARD_BYTES_PER_SECOND = 1024 * 1024;
    public static final int SHARD_RECORDS_PER_SECOND = 1000;

    /** What a held record costs beside its data and key: an estimate of the heap it takes. */
    public static final int RECORD_OVERHEAD_BYTES = 128;

    private static final long LOCAL_HELD_BYTES_MAX = 1L << 30;
    private static final int LOCAL_OPEN_SHARDS_MAX = 1000;

    /** For local use: shards are not throttled, a stream holds 1 GiB, 1,000 shards. */
    public static KinesisLimits local() {
        return new KinesisLimits(false, LOCAL_HELD_BYTES_MAX, LOCAL_OPEN_SHARDS_MAX);
    }

    /** As {@link #local()}, with the throughput limits of real shards. */
    public static KinesisLimits throttled() {
        return new KinesisLimits(true, LOCAL_HELD_BYTES_MAX, LOCAL_OPEN_SHARDS_MAX);
    }
}
