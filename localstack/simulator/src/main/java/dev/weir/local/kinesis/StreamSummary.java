package dev.weir.local.kinesis;

/**
 * A stream at one moment. Its status is always ACTIVE: what changes a stream is done when the call returns.
 *
 * @param name 1 to 128 characters of {@code a-zA-Z0-9_.-}
 * @param createdMillis milliseconds since the epoch
 * @param retentionHours {@value KinesisLimits#RETENTION_HOURS_MIN} to {@value KinesisLimits#RETENTION_HOURS_MAX}
 * @param openShards how many shards take records
 */
public record StreamSummary(String name, long createdMillis, int retentionHours, int openShards) {}
