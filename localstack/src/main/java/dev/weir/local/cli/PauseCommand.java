package dev.weir.local.cli;

import dev.weir.local.bus.UsageException;
import dev.weir.local.up.Connection;
import picocli.CommandLine.Command;

/** {@code ./weir pause BOT}. */
@Command(
        name = "pause",
        mixinStandardHelpOptions = true,
        description = "Lets the run of a bot end and begins no other. Its queues keep what comes.")
final class PauseCommand extends BotChange {

    PauseCommand(Stdio stdio) {
        super(stdio);
    }

    @Override
    String change(Connection connection, String bot) {
        if (connection.rows().find(bot).flatMap(row -> row.function()).isEmpty()) {
            throw new UsageException(
                    "a bot that nobody invokes cannot be paused, it reads a stream or runs elsewhere: bot=" + bot);
        }
        connection.controls().pause(bot);
        return "paused: bot=" + bot;
    }
}
