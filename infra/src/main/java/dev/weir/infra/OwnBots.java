package dev.weir.infra;

import dev.weir.bot.BotProvider;
import dev.weir.functions.WeirBots;
import dev.weir.infra.lint.Declared;
import java.util.List;
import java.util.ServiceLoader;

/** What the linter is told of the bots that come with Weir: the ledger and the examples. */
final class OwnBots {
    private static final List<String> ENDS = List.of(
            "ledger",
            "word-count",
            "stock-tracker",
            "stock-keeper",
            "price-alerts",
            "invoices",
            "demand",
            "python-bank");

    private OwnBots() {}

    /** For the bots that are found: if Weir's own are not among them, nothing is silenced. */
    static Declared declared() {
        boolean isThere =
                ServiceLoader.load(BotProvider.class).stream().anyMatch(provider -> provider.type() == WeirBots.class);
        return isThere ? examples() : Declared.DEFAULT;
    }

    static Declared examples() {
        Declared declared = Declared.DEFAULT.silencing(
                "queue-unwritten", "python-bank", "an example: who tries it puts the events, with weir put");
        for (String bot : ENDS) {
            declared = declared.silencing(
                    "queue-unread", bot, "an example: who tries it reads what it writes, with weir read");
        }
        return declared;
    }
}
