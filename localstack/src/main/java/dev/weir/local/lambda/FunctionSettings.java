package dev.weir.local.lambda;

import dev.weir.local.mapping.FunctionErrorException;
import java.time.Duration;
import java.util.Map;

/**
 * What a function is created with, in the limits of Lambda. Immutable.
 *
 * @param name 1 to 64 characters
 * @param handler class of the handler, with {@code ::method} where Lambda wants it
 * @param memoryMegabytes 128 to 10,240; sets the heap of a child JVM
 * @param timeout 1 s to 15 min for deployed functions; here anything above 0, so that tests are quick
 * @param concurrencyMax most execution environments at once, 1 to {@value #CONCURRENCY_MAX}; further calls wait
 * @param environment variables of the function
 */
public record FunctionSettings(
        String name,
        String handler,
        int memoryMegabytes,
        Duration timeout,
        int concurrencyMax,
        Map<String, String> environment) {

    public static final int CONCURRENCY_MAX = 1_000;
    public static final Duration TIMEOUT_MAX = Duration.ofMinutes(15);

    /** The account of everything local. */
    public static final String ACCOUNT = "000000000000";

    public FunctionSettings {
        environment = Map.copyOf(environment);
        require(!name.isEmpty() && name.length() <= 64, "a function name has 1 to 64 characters", "name", name);
        require(
                memoryMegabytes >= 128 && memoryMegabytes <= 10_240,
                "memory must be 128 to 10240 MB",
                "memoryMegabytes",
                memoryMegabytes);
        require(
                timeout.isPositive() && timeout.compareTo(TIMEOUT_MAX) <= 0,
                "the time-out must be above 0 and at most 15 min",
                "timeout",
                timeout);
        require(
                concurrencyMax >= 1 && concurrencyMax <= CONCURRENCY_MAX,
                "concurrency must be 1 to " + CONCURRENCY_MAX,
                "concurrencyMax",
                concurrencyMax);
    }

    /** 512 MB, 60 s, up to 64 environments, no variables. */
    public static FunctionSettings of(String name, String handler) {
        return new FunctionSettings(name, handler, 512, Duration.ofSeconds(60), 64, Map.of());
    }

    public FunctionSettings with(Map<String, String> environment) {
        return new FunctionSettings(name, handler, memoryMegabytes, timeout, concurrencyMax, environment);
    }

    public FunctionSettings timingOutAfter(Duration timeout) {
        return new FunctionSettings(name, handler, memoryMegabytes, timeout, concurrencyMax, environment);
    }

    public FunctionSettings withConcurrency(int max) {
        return new FunctionSettings(name, handler, memoryMegabytes, timeout, max, environment);
    }

    public FunctionSettings withMemory(int megabytes) {
        return new FunctionSettings(name, handler, megabytes, timeout, concurrencyMax, environment);
    }

    /** {@code AWS_REGION} of the environment, or us-east-1. */
    public String region() {
        return environment.getOrDefault("AWS_REGION", "us-east-1");
    }

    public String arn() {
        return "arn:aws:lambda:" + region() + ":" + ACCOUNT + ":function:" + name;
    }

    FunctionErrorException timedOut(String requestId) {
        return new FunctionErrorException(
                FunctionErrorException.TIMED_OUT,
                "RequestId: " + requestId + " Error: Task timed out: timeoutMillis=" + timeout.toMillis());
    }

    private static void require(boolean holds, String rule, String name, Object value) {
        if (!holds) {
            throw new IllegalArgumentException(rule + ": " + name + "=" + value);
        }
    }
}
