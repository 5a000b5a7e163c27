package dev.weir.local.cli;

import dev.weir.flow.ParkedId;
import dev.weir.functions.ingest.Ingest;
import dev.weir.functions.ledger.Ledger;
import dev.weir.graph.Graph;
import dev.weir.local.bus.UsageException;
import dev.weir.local.up.Connection;
import dev.weir.local.up.Denials;
import dev.weir.parking.ParkedEvents;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Whose parked events: what the commands on them have in common. */
final class ParkedMixin {
    private static final List<Graph<?, ?, ?>> KNOWN = List.of(Ledger.GRAPH, Ingest.GRAPH, Denials.GRAPH);

    @Mixin
    private UpMixin up = new UpMixin();

    @Parameters(index = "0", paramLabel = "BOT", description = "The bot that has parked them.")
    private String bot = "";

    @Option(
            names = "--stream",
            paramLabel = "NAME",
            description = "The stream that the bot reads, for a bot on a stream that this program does not know.")
    private @Nullable String stream;

    @Option(names = "--on-queues", description = "The bot reads queues, for a bot that this program does not know.")
    private boolean onQueues;

    Connection connect() {
        return up.connect();
    }

    ParkedEvents events(Connection connection) {
        return onQueues
                        || known().filter(graph -> !graph.source().queues().isEmpty())
                                .isPresent()
                ? ParkedEvents.ofQueueBot(
                        connection.bus(),
                        bot,
                        connection.items(),
                        connection.wiring().time(),
                        UUID.randomUUID().toString())
                : ofStreamBot(connection);
    }

    private Optional<Graph<?, ?, ?>> known() {
        return KNOWN.stream().filter(graph -> graph.name().equals(bot)).findFirst();
    }

    private ParkedEvents ofStreamBot(Connection connection) {
        return ParkedEvents.of(
                connection.bus(),
                bot,
                stream(),
                connection.items(),
                connection.wiring().streams(),
                connection.records(),
                connection.wiring().time(),
                UUID.randomUUID().toString());
    }

    private String stream() {
        if (stream != null) {
            return stream;
        }
        return known().map(graph -> graph.source().stream())
                .orElseThrow(() -> new UsageException("say with --stream what the bot reads: bot=" + bot));
    }

    static ParkedId id(String text) {
        return ParkedId.parse(text)
                .orElseThrow(() -> new UsageException(
                        "ID must be as ./weir parked list prints it, such as lane-0.17.0: ID=" + text));
    }
}
