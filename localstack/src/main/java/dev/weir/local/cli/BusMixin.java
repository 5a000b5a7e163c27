package dev.weir.local.cli;

import dev.weir.local.bus.BusOptions;
import dev.weir.local.bus.DataLock;
import dev.weir.local.bus.Endpoints;
import dev.weir.local.bus.UsageException;
import dev.weir.local.mapping.MappingListener;
import dev.weir.model.Lanes;
import java.io.Closeable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of every command that starts a bus. */
final class BusMixin {
    private static final int SHARDS_MAX = 50;

    @Option(
            names = "--lanes",
            paramLabel = "N",
            description =
                    "Lanes of the stream, 1 to 4096; fixed for its life. One lane is one total order. Default: 1, or what the bus has.")
    private @Nullable Integer lanes;

    @Option(
            names = "--shards",
            paramLabel = "N",
            defaultValue = "1",
            description = "Shards of a stream that does not exist yet, 1 to 50. Default: ${DEFAULT-VALUE}.")
    private int shards;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Keep the bus in this directory between runs. Default: in memory, gone at the end.")
    private @Nullable Path data;

    @Option(
            names = "--isolated",
            description =
                    "Run the function as Lambda does: the deployed jar in a process of its own, under Lambda's runtime client.")
    private boolean isolated;

    @Option(
            names = "--endpoint",
            paramLabel = "URL",
            description =
                    "Use other servers: URL for both services, kinesis=URL and dynamodb=URL for one each, or aws.")
    private List<String> endpoints = new ArrayList<>();

    Optional<Path> data() {
        return Optional.ofNullable(data);
    }

    /** Keeps other commands out of the data directory, if there is one, until it is closed. */
    Closeable lock() {
        return data == null ? () -> {} : DataLock.acquire(data);
    }

    /** The options, checked. */
    BusOptions options(Consumer<String> log, MappingListener listener) {
        if (lanes != null && (lanes < 1 || lanes > Lanes.COUNT_MAX)) {
            throw new UsageException("--lanes must be 1 to " + Lanes.COUNT_MAX + ": --lanes=" + lanes);
        }
        if (shards < 1 || shards > SHARDS_MAX) {
            throw new UsageException("--shards must be 1 to " + SHARDS_MAX + ": --shards=" + shards);
        }
        if (data != null && Files.exists(data) && !Files.isDirectory(data)) {
            throw new UsageException("--data must be a directory: --data=" + data);
        }
        return new BusOptions(
                lanes == null ? OptionalInt.empty() : OptionalInt.of(lanes),
                shards,
                data(),
                isolated,
                endpoints(),
                log,
                listener);
    }

    private Optional<Endpoints> endpoints() {
        try {
            return endpoints.isEmpty() ? Optional.empty() : Optional.of(Endpoints.parse(endpoints));
        } catch (IllegalArgumentException e) {
            throw new UsageException(String.valueOf(e.getMessage()));
        }
    }
}
