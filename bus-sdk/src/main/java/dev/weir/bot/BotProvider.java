package dev.weir.bot;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.ServiceLoader;
import java.util.Set;

/**
 * Tells which bots a jar has, for everything that looks for bots: the functions themselves, the local bus, and whoever deploys. Found by
 * {@link ServiceLoader}: name the class in {@code META-INF/services/dev.weir.bot.BotProvider}.
 *
 * <pre>{@code
 * public final class ShopBots implements BotProvider {
 *     public List<Bot> bots() {
 *         return List.of(Bot.of(Orders.PIPELINE), Bot.of(Returns.PIPELINE));
 *     }
 * }
 * }</pre>
 */
public interface BotProvider {

    /** Its bots, each with a name of its own; without their helpers. */
    List<Bot> bots();

    /**
     * All bots on the class path, with their helpers.
     *
     * @throws IllegalStateException if two have one name, or fill one queue from outside
     */
    static List<Bot> found() {
        List<Bot> bots = new ArrayList<>();
        ServiceLoader.load(BotProvider.class).forEach(provider -> bots.addAll(provider.bots()));
        return distinct(Bot.all(bots));
    }

    /**
     * Those of {@link #found} that are deployed on Lambda's Java runtime: all but bots that start programs, which it does not have. Such a bot
     * is deployed as an image of its own, and registered by hand.
     *
     * @throws IllegalStateException as {@link #found} does
     */
    static List<Bot> deployed() {
        return found().stream().filter(bot -> !bot.startsPrograms()).toList();
    }

    private static List<Bot> distinct(List<Bot> bots) {
        Set<String> names = new HashSet<>();
        Set<String> filled = new HashSet<>();
        for (Bot bot : bots) {
            if (!names.add(bot.name())) {
                throw new IllegalStateException(
                        "two bots have the same name, and would share checkpoints and state: name=" + bot.name()
                                + "; give one of them another name");
            }
            if (bot instanceof Bot.Source source && !filled.add(source.out())) {
                throw new IllegalStateException("two bots fill one queue from outside, and each would bring all of it:"
                        + " queue=" + source.out() + " bot=" + bot.name()
                        + "; let one pipeline have the feed, and the others read Feed.queue");
            }
        }
        return bots;
    }
}
