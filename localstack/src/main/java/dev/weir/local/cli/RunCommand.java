package dev.weir.local.cli;

import dev.weir.cron.Controls;
import dev.weir.cron.CronRow;
import dev.weir.local.bus.UsageException;
import dev.weir.local.up.Connection;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ./weir run BOT}. */
@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        description =
                "Makes a bot run once, though it may be paused, backing off or failing all the time; its errors are forgotten.")
final class RunCommand extends BotChange {

    @Option(
            names = "--now",
            description = "Do not wait for the run that it is in: that one can write nothing any more.")
    private boolean isNow;

    RunCommand(Stdio stdio) {
        super(stdio);
    }

    @Override
    String change(Connection connection, CronRow row) {
        String bot = row.bot();
        row.stream().ifPresent(stream -> {
            throw new UsageException(
                    "a bot on a stream runs whenever its stream has records, and cannot be run by hand: bot=" + bot
                            + " stream=" + stream);
        });
        if (row.function().isEmpty()) {
            throw new UsageException("a program outside of the bus cannot be run: bot=" + bot);
        }
        connection.controls().run(bot, isNow ? Controls.Force.NOW : Controls.Force.WHEN_IDLE);
        return "to run: bot=" + bot;
    }
}
