package dev.weir.local.simulator;

import dev.weir.flow.Bus;
import dev.weir.graph.Graph;
import dev.weir.model.Lanes;
import java.util.function.Supplier;

/**
 * What is deployed.
 *
 * @param bus names and lanes
 * @param bot the bot's name
 * @param stream logical name of the stream that it reads
 * @param queue logical name of the queue that it writes
 * @param shards of the stream, at the beginning
 * @param function how a copy of its function is made
 */
public record Setup(Bus bus, String bot, String stream, String queue, int shards, BotFunction.Factory function) {

    /** The bot of a graph on a bus of its own. */
    public static <T, V, R> Setup of(Graph<T, V, R> graph, int lanes, int shards) {
        return of(() -> graph, lanes, shards);
    }

    /** The same; each copy of the function asks for a graph of its own. */
    public static <T, V, R> Setup of(Supplier<Graph<T, V, R>> graphs, int lanes, int shards) {
        Graph<T, V, R> graph = graphs.get();
        Bus bus = new Bus("weir", new Lanes(lanes));
        return new Setup(
                bus, graph.name(), graph.source().stream(), graph.sink().queue(), shards, BotFunction.of(graphs, bus));
    }

    /** The physical name of the stream. */
    String streamName() {
        return bus.stream(stream);
    }
}
