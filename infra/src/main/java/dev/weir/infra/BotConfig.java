package dev.weir.infra;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How one function runs: its size, and how it is fed. Immutable; thread-safe.
 *
 * <p>What a value means depends on the bot: only one on a stream has batches, and only one on queues has instances. Bounds are those of
 * Lambda and its Kinesis event source mapping.
 *
 * @param memoryMb 128 to 10,240
 * @param timeout 1 second to 15 minutes
 * @param batchSize records of a batch at most, 1 to 10,000
 * @param batchingWindow for how long a batch may wait to be filled, 0 to 5 minutes in whole seconds
 * @param parallelization batches of one shard at a time, 1 to 10; only 1 keeps the order of a shard
 * @param retries how often a batch that fails comes again, 0 to 10,000; unlimited if empty. Bounded ones lose the batch for the bot: it then
 *     goes to the bus's bucket, below {@code aws/lambda/}, with its records
 * @param recordAgeMax how old a record may be that still comes, 1 minute to 7 days; any age if empty. The same goes for this bound
 * @param instances copies over which the lanes of a bot on queues are spread, at least 1
 */
public record BotConfig(
        int memoryMb,
        Duration timeout,
        int batchSize,
        Duration batchingWindow,
        int parallelization,
        OptionalInt retries,
        Optional<Duration> recordAgeMax,
        int instances) {

    private static final int RETRIES_MAX = 10_000;

    /**
     * 1,024 MB, 5 minutes, batches of 1,000 records that wait for nothing, one a shard at a time, again until it works; one instance.
     */
    public static final BotConfig DEFAULT = new BotConfig(
            1_024, Duration.ofMinutes(5), 1_000, Duration.ZERO, 1, OptionalInt.empty(), Optional.empty(), 1);

    public BotConfig {
        Bounds.check("memoryMb", memoryMb, 128, 10_240);
        Bounds.check("timeout", timeout, Duration.ofSeconds(1), Duration.ofMinutes(15));
        Bounds.check("batchSize", batchSize, 1, 10_000);
        Bounds.check("batchingWindow", batchingWindow, Duration.ZERO, Duration.ofMinutes(5));
        Bounds.check("parallelization", parallelization, 1, 10);
        retries.ifPresent(times -> Bounds.check("retries", times, 0, RETRIES_MAX));
        recordAgeMax.ifPresent(age -> Bounds.check("recordAgeMax", age, Duration.ofMinutes(1), Duration.ofDays(7)));
        Bounds.check("instances", instances, 1, 10_000);
    }

    /** Whether the mapping gives a batch up some time, so that its records need another place to go. */
    public boolean givesUp() {
        return retries.isPresent() || recordAgeMax.isPresent();
    }

    public BotConfig withMemoryMb(int megabytes) {
        return new BotConfig(
                megabytes, timeout, batchSize, batchingWindow, parallelization, retries, recordAgeMax, instances);
    }

    public BotConfig withTimeout(Duration time) {
        return new BotConfig(
                memoryMb, time, batchSize, batchingWindow, parallelization, retries, recordAgeMax, instances);
    }

    /** Batches of so many records at most, which wait so long to be filled. */
    public BotConfig withBatches(int records, Duration window) {
        return new BotConfig(memoryMb, timeout, records, window, parallelization, retries, recordAgeMax, instances);
    }

    public BotConfig withParallelization(int batches) {
        return new BotConfig(memoryMb, timeout, batchSize, batchingWindow, batches, retries, recordAgeMax, instances);
    }

    public BotConfig withRetries(int times) {
        return new BotConfig(
                memoryMb,
                timeout,
                batchSize,
                batchingWindow,
                parallelization,
                OptionalInt.of(times),
                recordAgeMax,
                instances);
    }

    public BotConfig withRecordAgeMax(Duration age) {
        return new BotConfig(
                memoryMb, timeout, batchSize, batchingWindow, parallelization, retries, Optional.of(age), instances);
    }

    public BotConfig withInstances(int copies) {
        return new BotConfig(
                memoryMb, timeout, batchSize, batchingWindow, parallelization, retries, recordAgeMax, copies);
    }
}
