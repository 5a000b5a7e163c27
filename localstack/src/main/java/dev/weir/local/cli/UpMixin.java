package dev.weir.local.cli;

import dev.weir.aws.Clients;
import dev.weir.local.bus.Endpoints;
import dev.weir.local.bus.UsageException;
import dev.weir.local.up.Address;
import dev.weir.local.up.Connection;
import dev.weir.local.up.Up;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of every command on a bus that is there: which one. */
final class UpMixin {

    /** Of all that is named after it, a bucket allows least. */
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9.-]{0,58}");

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
            names = "--stack",
            paramLabel = "NAME",
            description =
                    "The bus that is deployed under this name: what its resource names begin with. On AWS, unless --endpoint says"
                            + " where. Default with --endpoint: "
                            + Up.PREFIX
                            + ".")
    private @Nullable String stack;

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
        if (isElsewhere()) {
            throw new UsageException("only a bus that is up on this machine has an address: --endpoint=" + endpoints
                    + " --stack=" + stack);
        }
        return Address.find(place());
    }

    /** Whether the bus is not one that is up on this machine. */
    boolean isElsewhere() {
        return !endpoints.isEmpty() || stack != null;
    }

    /** A connection, to be closed. */
    Connection connect() {
        if (!isElsewhere()) {
            return Connection.to(address());
        }
        if (data != null) {
            throw new UsageException("a bus is named by --data, or by --endpoint and --stack, not by both: --data="
                    + data + " --endpoint=" + endpoints + " --stack=" + stack);
        }
        if (stack != null && !NAME.matcher(stack).matches()) {
            throw new UsageException(
                    "--stack must be a name of lower-case letters, digits, dots and dashes: --stack=" + stack);
        }
        return Connection.to(Endpoints.parse(endpoints), region(), stack == null ? Up.PREFIX : stack, System.getenv());
    }

    /** For services that a bus elsewhere needs besides: at an endpoint, or AWS's. */
    Clients clients(@Nullable URI endpoint) {
        return new Clients(region(), endpoint, System.getenv());
    }

    private static String region() {
        Map<String, String> environment = System.getenv();
        return environment.getOrDefault("AWS_REGION", environment.getOrDefault("AWS_DEFAULT_REGION", Up.REGION));
    }
}
