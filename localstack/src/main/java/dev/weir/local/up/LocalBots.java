package dev.weir.local.up;

import dev.weir.graph.BotProvider;
import dev.weir.graph.Graph;
import dev.weir.local.bus.UsageException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.ServiceLoader;
import java.util.Set;

/** The bots on the class path, as their jars tell of them: see {@link BotProvider}. */
public final class LocalBots {

    private LocalBots() {}

    /**
     * All of them, and one on the ledger's queue to look at.
     *
     * @throws UsageException if two have one name
     */
    public static List<Graph<?, ?, ?>> found() {
        List<Graph<?, ?, ?>> bots = new ArrayList<>();
        ServiceLoader.load(BotProvider.class).forEach(provider -> bots.addAll(provider.graphs()));
        bots.add(Denials.GRAPH);
        Set<String> names = new HashSet<>();
        for (Graph<?, ?, ?> bot : bots) {
            if (!names.add(bot.name())) {
                throw new UsageException("two bots have the same name, and would share checkpoints and state: name="
                        + bot.name() + "; give one of them another name");
            }
        }
        return bots;
    }
}
