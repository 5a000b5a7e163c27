package dev.weir.local.kinesis;

/**
 * What one shard may still take: bytes and records of a second, refilled continuously, saved up for one second at most.
 *
 * <p>Counted in thousandths, so that a millisecond refills a whole number. Not thread-safe.
 */
final class ShardBudget {

    private static final long RECORDS_FULL = KinesisLimits.SHARD_RECORDS_PER_SECOND * 1000L;
    private static final long BYTES_FULL = KinesisLimits.SHARD_BYTES_PER_SECOND * 1000L;

    private long records = RECORDS_FULL;
    private long bytes = BYTES_FULL;
    private long refilledMillis;

    ShardBudget(long nowMillis) {
        this.refilledMillis = nowMillis;
    }

    /** Takes one record of this size, or nothing and answers false. */
    boolean take(int recordBytes, long nowMillis) {
        refill(nowMillis);
        if (records < 1000L || bytes < recordBytes * 1000L) {
            return false;
        }
        records -= 1000L;
        bytes -= recordBytes * 1000L;
        return true;
    }

    private void refill(long nowMillis) {
        long elapsed = Math.clamp(nowMillis - refilledMillis, 0L, 1000L);
        records = Math.min(RECORDS_FULL, records + elapsed * KinesisLimits.SHARD_RECORDS_PER_SECOND);
        bytes = Math.min(BYTES_FULL, bytes + elapsed * KinesisLimits.SHARD_BYTES_PER_SECOND);
        refilledMillis = Math.max(refilledMillis, nowMillis);
    }
}
