package dev.weir.local.cli;

import dev.weir.local.bus.DataLock;
import dev.weir.local.bus.UsageException;
import dev.weir.model.Lanes;
import java.io.Closeable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of every command that starts servers on this machine: where they keep what they have, and how large they are. */
final class ServersMixin {
    private static final int SHARDS_MAX = 50;

    @Option(
            names = "--lanes",
            paramLabel = "N",
            description =
                    "Lanes of the streams, 1 to 4096; fixed for their life. One lane is one total order. Default: 1, or what the bus has.")
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

    /** The directory, not looked at. */
    Optional<Path> data() {
        return Optional.ofNullable(data);
    }

    /** Keeps other commands out of the data directory, if there is one, until it is closed. */
    Closeable lock() {
        return data == null ? () -> {} : DataLock.acquire(data);
    }

    /**
     * What the options say.
     *
     * @param lanes empty for what the bus has
     */
    record Servers(OptionalInt lanes, int shards, Optional<Path> data) {}

    /** The options, checked. */
    Servers checked() {
        if (lanes != null && (lanes < 1 || lanes > Lanes.COUNT_MAX)) {
            throw new UsageException("--lanes must be 1 to " + Lanes.COUNT_MAX + ": --lanes=" + lanes);
        }
        if (shards < 1 || shards > SHARDS_MAX) {
            throw new UsageException("--shards must be 1 to " + SHARDS_MAX + ": --shards=" + shards);
        }
        if (data != null && Files.exists(data) && !Files.isDirectory(data)) {
            throw new UsageException("--data must be a directory: --data=" + data);
        }
        return new Servers(lanes == null ? OptionalInt.empty() : OptionalInt.of(lanes), shards, data());
    }
}
