package dev.weir.local.cli;

import dev.weir.local.bus.Endpoints;
import dev.weir.local.bus.UsageException;
import dev.weir.local.up.Address;
import dev.weir.local.up.Connection;
import dev.weir.local.up.Up;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of every command on a bus that is there: which one. */
final class UpMixin {

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "The bus that ./weir up keeps in this directory. Default: the one that was started last.")
    private @Nullable Path data;

    @Option(
            names = "--endpoint",
            paramLabel = "URL",
            description =
                    "Another bus: URL for all services, kinesis=URL, dynamodb=URL and s3=URL for one each, or aws."
                            + " Region and credentials come from the environment.")
    private List<String> endpoints = new ArrayList<>();

    @Option(
            names = "--bus",
            paramLabel = "PREFIX",
            defaultValue = Up.PREFIX,
            description = "With --endpoint: what its resource names begin with. Default: ${DEFAULT-VALUE}.")
    private String bus = Up.PREFIX;

    /** Where {@code ./weir up} leaves its file, unless it has a data directory too. */
    static Path folder() {
        return Path.of(System.getProperty("weir.root", "")).resolve(".weir");
    }

    /** Where the file of the bus is. */
    Path place() {
        return data == null ? folder() : data;
    }

    /** The bus on this machine. */
    Address address() {
        if (!endpoints.isEmpty()) {
            throw new UsageException("only a bus that is up on this machine has an address: --endpoint=" + endpoints);
        }
        return Address.find(place());
    }

    /** A connection, to be closed. */
    Connection connect() {
        if (endpoints.isEmpty()) {
            return Connection.to(address());
        }
        if (data != null) {
            throw new UsageException("a bus is named by --data or by --endpoint, not by both: --data=" + data
                    + " --endpoint=" + endpoints);
        }
        Map<String, String> environment = System.getenv();
        String region =
                environment.getOrDefault("AWS_REGION", environment.getOrDefault("AWS_DEFAULT_REGION", Up.REGION));
        return Connection.to(parsed(), region, bus, environment);
    }

    private Endpoints parsed() {
        try {
            return Endpoints.parse(endpoints);
        } catch (IllegalArgumentException e) {
            throw new UsageException(String.valueOf(e.getMessage()));
        }
    }
}
