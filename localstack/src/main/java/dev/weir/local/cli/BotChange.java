package dev.weir.local.cli;

import dev.weir.cron.CronRow;
import dev.weir.local.bus.UsageException;
import dev.weir.local.up.Connection;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** What all commands that change one bot have in common: which bot, on which bus, and one line that says what was done. */
abstract class BotChange implements Callable<Integer> {
    private final Stdio stdio;

    @Mixin
    private UpMixin up = new UpMixin();

    @Parameters(index = "0", paramLabel = "BOT", description = "The bot.")
    private String bot = "";

    BotChange(Stdio stdio) {
        this.stdio = stdio;
    }

    /**
     * Does it.
     *
     * @param bot its row, as it is
     * @return what was done, for people
     * @throws UsageException if it is not possible
     */
    abstract String change(Connection connection, CronRow bot);

    @Override
    public final Integer call() {
        try (Connection connection = up.connect()) {
            CronRow row = connection
                    .rows()
                    .find(bot)
                    .orElseThrow(() -> new UsageException("no such bot, ./weir bots lists them: bot=" + bot));
            stdio.err().println("weir: " + change(connection, row));
        }
        return 0;
    }
}
