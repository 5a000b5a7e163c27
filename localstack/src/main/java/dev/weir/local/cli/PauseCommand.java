package dev.weir.local.cli;

import dev.weir.cron.CronRow;
import dev.weir.flow.Control;
import dev.weir.flow.LaneStatus;
import dev.weir.local.bus.UsageException;
import dev.weir.local.up.Connection;
import picocli.CommandLine.Command;

/** {@code ./weir pause BOT}. */
@Command(
        name = "pause",
        mixinStandardHelpOptions = true,
        description =
                "Lets a bot end what it does and begins nothing more. Its queues, or its stream, keep what comes.",
        footer = {"", "A stream keeps its records for its retention only: 24 hours, if nobody has asked for more."})
final class PauseCommand extends BotChange {

    PauseCommand(Stdio stdio) {
        super(stdio);
    }

    @Override
    String change(Connection connection, CronRow row) {
        String bot = row.bot();
        if (row.function().isPresent()) {
            connection.controls().pause(bot);
            return "paused: bot=" + bot;
        }
        if (row.stream().isEmpty() && !hasLanes(connection, bot)) {
            throw new UsageException("a program outside of the bus cannot be paused: bot=" + bot);
        }
        String reason = "by " + System.getProperty("user.name", "unknown");
        boolean isNew = Control.pause(
                connection.bus(),
                bot,
                reason,
                connection.items(),
                connection.wiring().time());
        return (isNew ? "paused: bot=" : "stopped already, ./weir bots says why: bot=") + bot;
    }

    /** Whether a spine has run it, though nobody has registered what it reads. */
    private static boolean hasLanes(Connection connection, String bot) {
        return !LaneStatus.all(connection.bus(), bot, LaneStatus.slices(connection.bus()), connection.items())
                .isEmpty();
    }
}
