package dev.weir.local.cli;

import dev.weir.cron.CronRow;
import dev.weir.flow.Control;
import dev.weir.local.up.Connection;
import picocli.CommandLine.Command;

/** {@code ./weir resume BOT}. */
@Command(
        name = "resume",
        mixinStandardHelpOptions = true,
        description = "Lets a bot run again that was paused, by hand or because it failed for many keys.")
final class ResumeCommand extends BotChange {

    ResumeCommand(Stdio stdio) {
        super(stdio);
    }

    @Override
    String change(Connection connection, CronRow row) {
        String bot = row.bot();
        Control.resume(connection.bus(), bot, connection.items());
        connection.controls().resume(bot);
        return "resumed: bot=" + bot;
    }
}
