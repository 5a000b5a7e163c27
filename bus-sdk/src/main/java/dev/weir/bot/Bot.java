package dev.weir.bot;

import dev.weir.graph.Graph;
import dev.weir.graph.Names;
import dev.weir.graph.Puller;
import dev.weir.pipeline.Pipeline;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A bot as it is deployed: one function with a name. What it reads, writes and keeps is told by its graph, so that whoever deploys it or runs
 * it on a laptop need not be told again. Immutable.
 *
 * <pre>{@code
 * Bot.of(Ledger.GRAPH)
 * Bot.of(WordCount.PIPELINE)
 * }</pre>
 */
public sealed interface Bot {

    /** Its name: it owns checkpoints and state. */
    String name();

    /** What it touches outside of the bus's own tables, queues and streams. */
    List<Use> uses();

    /** Bots without which this one does nothing: those that bring events in from outside and take results out. Each has a name of its own. */
    List<Bot> helpers();

    /** Whether it starts programs, which Lambda's Java runtime does not have. */
    default boolean startsPrograms() {
        return this instanceof Reader reader
                && reader.pipeline().filter(Pipeline::hasPrograms).isPresent();
    }

    /**
     * One that reads a stream or queues.
     *
     * @param graph what it does; where programs are started, or something outside is called, this one is to be looked at and not run
     * @param runs the same graph on given ports
     * @param pipeline what it was made of, if of a pipeline
     */
    record Reader(
            Graph<?, ?, ?> graph,
            Function<Ports, Graph<?, ?, ?>> runs,
            Optional<Pipeline> pipeline,
            List<Use> uses,
            List<Bot> helpers)
            implements Bot {
        public Reader {
            uses = List.copyOf(uses);
            helpers = List.copyOf(helpers);
        }

        @Override
        public String name() {
            return graph.name();
        }
    }

    /**
     * One that is run on a schedule and brings what is new outside into a queue, or takes a queue's events out in large pieces: see {@link
     * SourceRun}.
     *
     * @param out logical name of the queue that it writes; others may write it too
     * @param schedule cron text of five or six fields
     * @param wakers logical names of tables of the bus whose changes run it at once
     * @param reads logical names of the queues that it reads, if any
     * @param runs the puller on given ports
     */
    record Source(
            String name,
            String out,
            String schedule,
            List<String> wakers,
            List<String> reads,
            List<Use> uses,
            Function<Ports, Puller> runs)
            implements Bot {
        public Source {
            Names.checked("bot", name);
            Names.checked("queue", out);
            wakers = List.copyOf(wakers);
            reads = List.copyOf(reads);
            uses = List.copyOf(uses);
        }

        @Override
        public List<Bot> helpers() {
            return List.of();
        }
    }

    /** Something outside of the bus's own tables, queues and streams that a bot touches; what it may do there, and no more. */
    sealed interface Use {

        /** Writes rows of a table of the bus: see {@link dev.weir.flow.Bus#rows}. */
        record WritesRows(String table) implements Use {}

        /** Reads the changes of a table of the bus. */
        record ReadsChanges(String table) implements Use {}

        /** Reads objects of the bus's bucket whose keys begin so. */
        record ReadsObjects(String prefix) implements Use {}

        /** Writes and reads objects of the bus's bucket whose keys begin so. */
        record WritesObjects(String prefix) implements Use {}

        /** Puts records into a stream of the bus, by its logical name. */
        record PutsInto(String stream) implements Use {}
    }

    /** A bot of a graph. */
    static Bot of(Graph<?, ?, ?> graph) {
        return new Reader(graph, _ -> graph, Optional.empty(), List.of(), List.of());
    }

    /** A bot of a pipeline, and its helpers. */
    static Bot of(Pipeline pipeline) {
        return PipelineBots.of(pipeline);
    }

    /** These bots and all their helpers. */
    static List<Bot> all(List<Bot> bots) {
        List<Bot> all = new ArrayList<>();
        for (Bot bot : bots) {
            all.add(bot);
            all.addAll(all(bot.helpers()));
        }
        return all;
    }
}
