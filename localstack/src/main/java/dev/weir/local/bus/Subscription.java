package dev.weir.local.bus;

import dev.weir.local.lambda.FunctionSettings;
import dev.weir.local.mapping.EventSourceMapping;
import dev.weir.local.mapping.FailureDestination;
import dev.weir.local.mapping.FunctionInvoker;
import dev.weir.local.mapping.MappingListener;
import dev.weir.local.mapping.MappingSettings;
import dev.weir.local.mapping.Positions;
import dev.weir.local.mapping.ShardSource;
import dev.weir.port.Time;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * A function that takes the records of a stream, as a local bus does it: batches of 100, no window, the answer of the function is read,
 * and a failing batch is tried again without end.
 *
 * @param region for the names that the function sees
 * @param stream physical name
 * @param function its name
 * @param data where the positions are kept between runs; nowhere if not given
 */
public record Subscription(String region, String stream, String function, Optional<Path> data) {

    /** How long a batch that is being worked on may take to finish when the bus is stopped. */
    public static final Duration DRAIN = Duration.ofSeconds(10);

    private static final int BATCH_RECORDS = 100;
    private static final Duration BACKOFF_MIN = Duration.ofMillis(100);
    private static final Duration BACKOFF_MAX = Duration.ofSeconds(2);

    /** Starts the mapping; it is stopped by {@code closing}, and the function is not. */
    public EventSourceMapping start(
            ShardSource shards, FunctionInvoker invoker, MappingListener listener, Time time, Closing closing) {
        EventSourceMapping mapping = new EventSourceMapping(
                settings(),
                shards,
                invoker,
                positions(data, stream, function),
                FailureDestination.NONE,
                listener,
                time);
        closing.add(() -> mapping.stop(DRAIN));
        return mapping.start();
    }

    private MappingSettings settings() {
        return between(region, stream, function)
                .with(new MappingSettings.Batching(BATCH_RECORDS, Duration.ZERO))
                .with(MappingSettings.Retrying.DEFAULT.reporting().backingOff(BACKOFF_MIN, BACKOFF_MAX));
    }

    /**
     * {@link MappingSettings#of Lambda's defaults}, by the names that a stream and a function have on this machine.
     *
     * @param function its name, with an alias if it is called by one
     */
    public static MappingSettings between(String region, String stream, String function) {
        String arn = "arn:aws:%s:" + region + ":" + FunctionSettings.ACCOUNT + ":";
        return MappingSettings.of(
                arn.formatted("kinesis") + "stream/" + stream, arn.formatted("lambda") + "function:" + function);
    }

    /** Where the mapping of a stream to a function keeps how far it is; nowhere without a directory. */
    public static Positions positions(Optional<Path> data, String stream, String function) {
        return Positions.in(data, "mapping-" + stream + "-" + function + ".json");
    }
}
