package dev.weir.local.up;

import dev.weir.bot.Bot;
import dev.weir.bot.BotProvider;
import dev.weir.local.bus.UsageException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** The bots on the class path, as their jars tell of them: see {@link BotProvider}. */
public final class LocalBots {

    private LocalBots() {}

    /**
     * Those that are deployed, with their helpers: see {@link BotProvider#deployed}.
     *
     * @throws UsageException if two have one name
     */
    public static List<Bot> deployed() {
        return saying(BotProvider::deployed);
    }

    /**
     * All of them with their helpers, and one on the ledger's queue to look at.
     *
     * @throws UsageException if two have one name
     */
    public static List<Bot> found() {
        return saying(LocalBots::withDenials);
    }

    private static List<Bot> withDenials() {
        List<Bot> bots = new ArrayList<>(BotProvider.found());
        if (bots.stream().anyMatch(bot -> bot.name().equals(Denials.BOT.name()))) {
            throw new IllegalStateException("the local bus has a bot of its own of this name: name="
                    + Denials.BOT.name() + "; give yours another name");
        }
        bots.add(Denials.BOT);
        return List.copyOf(bots);
    }

    private static List<Bot> saying(Supplier<List<Bot>> finding) {
        try {
            return finding.get();
        } catch (IllegalStateException e) {
            throw new UsageException(String.valueOf(e.getMessage()));
        }
    }
}
