package dev.weir.infra.lint;

import dev.weir.bot.Bot;
import dev.weir.graph.Graph;
import dev.weir.graph.Sink;
import dev.weir.graph.Source;
import dev.weir.pipeline.Description;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What is known of a bot from its graph. Immutable.
 *
 * @param stream the logical name of the stream that it reads, if it reads one
 * @param reads logical names of the queues that it reads
 * @param own queues that it alone writes
 * @param shared queues that others may write too, as far as they are known
 * @param spans how far back in time its steps look
 */
record Subject(
        Bot bot,
        String name,
        Optional<String> stream,
        List<String> reads,
        List<String> own,
        List<String> shared,
        List<Span> spans,
        List<Description.Step> steps) {

    /** Events of such queues are written by every bot, when there is something to tell. */
    private static final List<String> SIDE_QUEUES = List.of(".parked", ".dropped", ".gaps", ".late");

    /** How far back in time a step looks. */
    record Span(String step, Duration length) {}

    static Subject of(Bot bot) {
        return switch (bot) {
            case Bot.Reader reader -> of(reader);
            case Bot.Source source ->
                new Subject(
                        source,
                        source.name(),
                        Optional.empty(),
                        source.reads(),
                        List.of(),
                        List.of(source.out()),
                        List.of(),
                        List.of());
        };
    }

    private static Subject of(Bot.Reader reader) {
        Graph<?, ?, ?> graph = reader.graph();
        List<Description.Step> steps = reader.pipeline()
                .map(pipeline -> pipeline.description().steps())
                .orElse(List.of());
        Optional<String> stream =
                graph.source().from() instanceof Source.From.Stream(String name) ? Optional.of(name) : Optional.empty();
        return new Subject(
                reader,
                reader.name(),
                stream,
                graph.source().queues(),
                own(graph.sink()),
                graph.sink() instanceof Sink.Effects<?> effects ? effects.shared() : List.of(),
                spans(graph, steps),
                steps);
    }

    private static List<String> own(Sink<?> sink) {
        return switch (sink) {
            case Sink.OwnQueue<?>(String queue, var _) -> List.of(queue);
            case Sink.Effects<?> effects -> effects.own();
            case Sink.SharedQueues<?> _ -> List.of();
        };
    }

    private static List<Span> spans(Graph<?, ?, ?> graph, List<Description.Step> steps) {
        List<Span> spans = new ArrayList<>();
        graph.ids().ifPresent(rule -> spans.add(new Span("dedupeBy", rule.horizon())));
        graph.sequences().ifPresent(rule -> spans.add(new Span("orderBy", rule.deadline())));
        steps.forEach(step -> step.span().ifPresent(span -> spans.add(new Span(step.name(), span))));
        return List.copyOf(spans);
    }

    /** All queues that it is known to write for somebody: without those on the side, and without the logs of its programs. */
    List<String> writes() {
        List<String> all = new ArrayList<>(own);
        all.addAll(shared);
        all.removeIf(queue -> queue.startsWith(name + ".")
                && (isOnTheSide(queue)
                        || (queue.endsWith(".log") && steps.stream().anyMatch(this::isProgram))));
        return all;
    }

    private boolean isProgram(Description.Step step) {
        return step.verb().equals("program");
    }

    /** Whether the queue is one that a bot of these names writes when there is something to tell. */
    static boolean isSideQueueOf(String queue, List<String> bots) {
        return bots.stream().anyMatch(bot -> queue.startsWith(bot + ".") && isOnTheSide(queue));
    }

    private static boolean isOnTheSide(String queue) {
        return SIDE_QUEUES.stream().anyMatch(queue::endsWith);
    }

    Optional<Graph<?, ?, ?>> graph() {
        return bot instanceof Bot.Reader reader ? Optional.of(reader.graph()) : Optional.empty();
    }

    /** The name of the step that reads. */
    String source() {
        return stream.map(name -> "readFrom stream " + name).orElse("readFrom queues " + reads);
    }

    /** The name of the step that writes a queue. */
    String sink(String queue) {
        return "writeTo " + queue;
    }
}
