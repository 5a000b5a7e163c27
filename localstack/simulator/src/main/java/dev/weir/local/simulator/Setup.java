package dev.weir.local.simulator;

import dev.weir.flow.Bus;
import dev.weir.flow.LaneStatus;
import dev.weir.graph.Graph;
import dev.weir.graph.Sink;
import dev.weir.model.Lanes;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * What is deployed.
 *
 * @param bus names and lanes
 * @param bot the bot's name
 * @param stream logical name of the stream that it reads
 * @param queue logical name of the queue of its own that it writes; empty if it writes none
 * @param shared physical names of queues that all its lanes write
 * @param shards of the stream, at the beginning
 * @param function how a copy of its function is made
 */
public record Setup(
        Bus bus,
        String bot,
        String stream,
        String queue,
        List<String> shared,
        int shards,
        BotFunction.Factory function) {

    /** The bot of a graph on a bus of its own. */
    public static <T, V, R> Setup of(Graph<T, V, R> graph, int lanes, int shards) {
        return of(() -> graph, lanes, shards);
    }

    /** The same; each copy of the function asks for a graph of its own. */
    public static <T, V, R> Setup of(Supplier<Graph<T, V, R>> graphs, int lanes, int shards) {
        Graph<T, V, R> graph = graphs.get();
        Bus bus = new Bus("weir", new Lanes(lanes));
        String queue =
                switch (graph.sink()) {
                    case Sink.OwnQueue<R>(String name, var _) -> name;
                    case Sink.SharedQueues<R> _ -> "";
                    case Sink.Effects<R> effects ->
                        effects.own().isEmpty() ? "" : effects.own().getFirst();
                };
        return new Setup(
                bus, graph.name(), graph.source().stream(), queue, List.of(), shards, BotFunction.of(graphs, bus));
    }

    /** The same; readers follow these queues, which all lanes write. */
    public Setup following(List<String> queues) {
        return new Setup(bus, bot, stream, queue, List.copyOf(queues), shards, function);
    }

    /** Physical names of the queues that readers follow. */
    List<String> followed() {
        List<String> followed = new ArrayList<>(shared);
        if (!queue.isEmpty()) {
            LaneStatus.slices(bus).forEach(lane -> followed.add(bus.queue(queue, lane)));
        }
        return followed;
    }

    /** The physical name of the stream. */
    String streamName() {
        return bus.stream(stream);
    }
}
