package dev.weir.local.cli;

import dev.weir.local.bus.BusOptions;
import dev.weir.local.bus.Endpoints;
import dev.weir.local.mapping.MappingListener;
import java.io.Closeable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of a command that starts a bus for one bot. */
final class BusMixin {

    @Mixin
    private ServersMixin servers = new ServersMixin();

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
        return servers.data();
    }

    /** Keeps other commands out of the data directory, if there is one, until it is closed. */
    Closeable lock() {
        return servers.lock();
    }

    /** The options, checked. */
    BusOptions options(Consumer<String> log, MappingListener listener) {
        ServersMixin.Servers checked = servers.checked();
        return new BusOptions(checked.lanes(), checked.shards(), checked.data(), isolated, endpoints(), log, listener);
    }

    private Optional<Endpoints> endpoints() {
        return endpoints.isEmpty() ? Optional.empty() : Optional.of(Endpoints.parse(endpoints));
    }
}
