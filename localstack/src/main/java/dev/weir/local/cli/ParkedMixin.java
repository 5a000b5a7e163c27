package dev.weir.local.cli;

import dev.weir.cron.CronRow;
import dev.weir.flow.ParkedId;
import dev.weir.local.bus.UsageException;
import dev.weir.local.up.Connection;
import dev.weir.parking.ParkedEvents;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Whose parked events: what the commands on them have in common. */
final class ParkedMixin {
    @Mixin
    private UpMixin up = new UpMixin();

    @Parameters(index = "0", paramLabel = "BOT", description = "The bot that has parked them.")
    private String bot = "";

    @Option(
            names = "--stream",
            paramLabel = "NAME",
            description = "The stream that the bot reads, for a bot that is not registered.")
    private @Nullable String stream;

    @Option(names = "--on-queues", description = "The bot reads queues, for a bot that is not registered.")
    private boolean onQueues;

    Connection connect() {
        return up.connect();
    }

    ParkedEvents events(Connection connection) {
        if (onQueues) {
            return ofQueueBot(connection);
        } else if (stream != null) {
            return ofStreamBot(connection, stream);
        }
        CronRow row = connection.rows().find(bot).orElseThrow(this::unknown);
        if (row.stream().isEmpty() && row.function().isEmpty()) {
            throw unknown();
        }
        return row.stream().map(name -> ofStreamBot(connection, name)).orElseGet(() -> ofQueueBot(connection));
    }

    private UsageException unknown() {
        return new UsageException(
                "no bot of this name is registered, say with --stream or --on-queues what it reads: bot=" + bot);
    }

    private ParkedEvents ofQueueBot(Connection connection) {
        return ParkedEvents.ofQueueBot(
                connection.bus(),
                bot,
                connection.items(),
                connection.wiring().time(),
                UUID.randomUUID().toString());
    }

    private ParkedEvents ofStreamBot(Connection connection, String logical) {
        return ParkedEvents.of(
                connection.bus(),
                bot,
                logical,
                connection.items(),
                connection.wiring().streams(),
                connection.records(),
                connection.wiring().time(),
                UUID.randomUUID().toString());
    }

    static ParkedId id(String text) {
        return ParkedId.parse(text)
                .orElseThrow(() -> new UsageException(
                        "ID must be as ./weir parked list prints it, such as lane-0.17.0: ID=" + text));
    }
}
