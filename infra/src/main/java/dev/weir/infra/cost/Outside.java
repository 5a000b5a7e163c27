package dev.weir.infra.cost;

import dev.weir.graph.Graph;
import dev.weir.graph.Output;
import dev.weir.graph.Sink;
import java.util.List;
import java.util.function.Function;

/** Tells bots that can only have been made for what they do outside of the bus. */
public final class Outside {
    private Outside() {}

    /**
     * Whether a bot without state writes nothing whatever its step answers, like {@link dev.weir.bot.Bots#offload}. Its step is not called; the
     * function of its sink is.
     */
    public static boolean isForNothing(Graph<?, ?, ?> graph) {
        return graph.each().isPresent()
                && graph.sink() instanceof Sink.SharedQueues<?> queues
                && writesNothing(queues.outputs());
    }

    /** A function that looks at what it is given refuses at least one of these. */
    private static boolean writesNothing(Function<?, List<Output>> outputs) {
        return isEmptyFor(true, outputs) || isEmptyFor(new Object(), outputs);
    }

    @SuppressWarnings("unchecked")
    private static boolean isEmptyFor(Object result, Function<?, List<Output>> outputs) {
        try {
            return ((Function<Object, List<Output>>) outputs).apply(result).isEmpty();
        } catch (RuntimeException _) {
            return false;
        }
    }
}
