package dev.weir.local.mapping;

import java.time.Duration;

/**
 * What an event source mapping is created with, in the limits of Lambda (API reference, CreateEventSourceMapping). Immutable.
 *
 * @param streamArn for example {@code arn:aws:kinesis:us-east-1:000000000000:stream/transfers}; its fourth part is the region
 * @param functionArn named in the records of discarded batches
 * @param start where the shards that exist at the first start are read from; shards that appear later are read whole
 * @param batching how records are gathered
 * @param retrying what happens when the function fails
 */
public record MappingSettings(
        String streamArn, String functionArn, Position start, Batching batching, Retrying retrying) {

    /** Most bytes of one event, base64 included: 6 MB. Source: Lambda, quotas, invocation payload. */
    public static final int EVENT_BYTES_MAX = 6 * 1024 * 1024;

    public MappingSettings {
        if (streamArn.split(":", 6).length < 6) {
            throw new IllegalArgumentException(
                    "a stream ARN has six parts, like arn:aws:kinesis:us-east-1:000000000000:stream/name: streamArn="
                            + streamArn);
        }
        switch (start) {
            case Position.TrimHorizon trimHorizon -> {}
            case Position.Latest latest -> {}
            case Position.AtTimestamp atTimestamp -> {}
            case Position.After after -> throw badStart(after);
            case Position.End end -> throw badStart(end);
        }
    }

    private static IllegalArgumentException badStart(Position start) {
        return new IllegalArgumentException(
                "a mapping starts at TRIM_HORIZON, LATEST or AT_TIMESTAMP: start=" + start.text());
    }

    /** Lambda's defaults: batches of 100, no window, endless retries; and a start at the oldest record. */
    public static MappingSettings of(String streamArn, String functionArn) {
        return new MappingSettings(streamArn, functionArn, Position.TRIM_HORIZON, Batching.DEFAULT, Retrying.DEFAULT);
    }

    public MappingSettings startingAt(Position start) {
        return new MappingSettings(streamArn, functionArn, start, batching, retrying);
    }

    public MappingSettings with(Batching batching) {
        return new MappingSettings(streamArn, functionArn, start, batching, retrying);
    }

    public MappingSettings with(Retrying retrying) {
        return new MappingSettings(streamArn, functionArn, start, batching, retrying);
    }

    /** Lambda's ParallelizationFactor. More than one batch of a shard at a time would break the order of a lane, so 1 alone is accepted. */
    public MappingSettings withParallelizationFactor(int factor) {
        if (factor != 1) {
            throw new IllegalArgumentException(
                    "this mapping runs one invocation per shard at a time, add shards instead: parallelizationFactor="
                            + factor);
        }
        return this;
    }

    /** Lambda's TumblingWindowInSeconds. Not supported; 0, which means none, alone is accepted. */
    public MappingSettings withTumblingWindowSeconds(int seconds) {
        if (seconds != 0) {
            throw new IllegalArgumentException(
                    "tumbling windows are not supported, keep the window in the bot's state: tumblingWindowSeconds="
                            + seconds);
        }
        return this;
    }

    String region() {
        return streamArn.split(":", 6)[3];
    }

    String account() {
        return streamArn.split(":", 6)[4];
    }

    /**
     * How records are gathered into a batch.
     *
     * @param size most records of a batch, 1 to {@value #SIZE_MAX}; default 100
     * @param window how long to wait for a full batch, counted from its first record, 0 to 300 s; default 0: invoke with what is there
     */
    public record Batching(int size, Duration window) {
        public static final int SIZE_MAX = 10_000;
        public static final Duration WINDOW_MAX = Duration.ofSeconds(300);
        public static final Batching DEFAULT = new Batching(100, Duration.ZERO);

        public Batching {
            require(size >= 1 && size <= SIZE_MAX, "batch size must be 1 to " + SIZE_MAX, "size", size);
            require(
                    !window.isNegative() && window.compareTo(WINDOW_MAX) <= 0,
                    "batching window must be 0 to " + WINDOW_MAX.toSeconds() + " s",
                    "window",
                    window);
        }
    }

    /**
     * What happens when the function fails.
     *
     * @param reportBatchItemFailures whether the answer of the function is read (FunctionResponseTypes); default false: any answer is success
     * @param bisect whether a failed batch is split in two (BisectBatchOnFunctionError); default false
     * @param attemptsMax retries of a batch before it is discarded, 0 to {@value #ATTEMPTS_MAX}, or -1 for no limit; default -1
     * @param recordAgeSecondsMax age at which a record is discarded, 60 to {@value #AGE_SECONDS_MAX}, or -1 for no limit; default -1
     * @param backoffMin pause before the first retry; doubles with each; default 100 ms. Lambda's own is not documented.
     * @param backoffMax longest pause before a retry; default 10 s
     */
    public record Retrying(
            boolean reportBatchItemFailures,
            boolean bisect,
            int attemptsMax,
            int recordAgeSecondsMax,
            Duration backoffMin,
            Duration backoffMax) {
        public static final int ATTEMPTS_MAX = 10_000;
        public static final int AGE_SECONDS_MIN = 60;
        public static final int AGE_SECONDS_MAX = 604_800;
        public static final Retrying DEFAULT =
                new Retrying(false, false, -1, -1, Duration.ofMillis(100), Duration.ofSeconds(10));

        public Retrying {
            require(
                    attemptsMax >= -1 && attemptsMax <= ATTEMPTS_MAX,
                    "retry attempts must be -1 (no limit) or 0 to " + ATTEMPTS_MAX,
                    "attemptsMax",
                    attemptsMax);
            require(
                    recordAgeSecondsMax == -1
                            || recordAgeSecondsMax >= AGE_SECONDS_MIN && recordAgeSecondsMax <= AGE_SECONDS_MAX,
                    "record age must be -1 (no limit) or " + AGE_SECONDS_MIN + " to " + AGE_SECONDS_MAX + " s",
                    "recordAgeSecondsMax",
                    recordAgeSecondsMax);
            require(
                    !backoffMin.isNegative() && backoffMax.compareTo(backoffMin) >= 0,
                    "backoff must be at least 0 and its maximum no less than its minimum",
                    "backoffMin",
                    backoffMin + " backoffMax=" + backoffMax);
        }

        /** The answer of the function is read: ReportBatchItemFailures. */
        public Retrying reporting() {
            return new Retrying(true, bisect, attemptsMax, recordAgeSecondsMax, backoffMin, backoffMax);
        }

        /** A failed batch is split in two: BisectBatchOnFunctionError. */
        public Retrying bisecting() {
            return new Retrying(
                    reportBatchItemFailures, true, attemptsMax, recordAgeSecondsMax, backoffMin, backoffMax);
        }

        public Retrying atMost(int attempts) {
            return new Retrying(reportBatchItemFailures, bisect, attempts, recordAgeSecondsMax, backoffMin, backoffMax);
        }

        public Retrying upToAgeSeconds(int seconds) {
            return new Retrying(reportBatchItemFailures, bisect, attemptsMax, seconds, backoffMin, backoffMax);
        }

        public Retrying backingOff(Duration min, Duration max) {
            return new Retrying(reportBatchItemFailures, bisect, attemptsMax, recordAgeSecondsMax, min, max);
        }

        /** The pause before the retry that follows {@code retries} earlier ones. */
        long backoffMillis(int retries) {
            long min = backoffMin.toMillis();
            int doublings = Math.min(retries, 40);
            return min > backoffMax.toMillis() >> doublings ? backoffMax.toMillis() : min << doublings;
        }
    }

    private static void require(boolean holds, String rule, String name, Object value) {
        if (!holds) {
            throw new IllegalArgumentException(rule + ": " + name + "=" + value);
        }
    }
}
