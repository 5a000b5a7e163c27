package dev.weir.graph;

import java.util.List;

/**
 * Tells which bots a jar has, for everything that looks for bots: the local bus and whoever deploys. Found by
 * {@link java.util.ServiceLoader}: name the class in {@code META-INF/services/dev.weir.graph.BotProvider}.
 *
 * <pre>{@code
 * public final class ShopBots implements BotProvider {
 *     public List<Graph<?, ?, ?>> graphs() {
 *         return List.of(Orders.PIPELINE.graph(), Returns.PIPELINE.graph());
 *     }
 * }
 * }</pre>
 */
public interface BotProvider {

    /** Its bots, each with a name of its own. */
    List<Graph<?, ?, ?>> graphs();
}
