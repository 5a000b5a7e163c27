package dev.weir.infra.cost;

import dev.weir.bot.Bot;
import dev.weir.flow.Bus;
import dev.weir.graph.Graph;
import dev.weir.graph.Sink;
import dev.weir.pipeline.Description;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Which bots can be tried, and what they are fed with. Immutable once made. */
final class TrialGroups {
    private static final Set<String> OUTSIDE = Set.of("program", "enrich");

    private final List<Graph<?, ?, ?>> onStreams = new ArrayList<>();
    private final List<Graph<?, ?, ?>> onQueues = new ArrayList<>();
    private final List<Bot.Source> sources = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private final Map<String, Sample> fedQueues = new LinkedHashMap<>();
    private final Set<String> putsInto = new LinkedHashSet<>();

    TrialGroups(List<Bot> bots, Map<String, Sample> samples) {
        Set<Bot> helpers = new HashSet<>();
        bots.forEach(bot -> helpers.addAll(bot.helpers()));
        Set<String> written = new HashSet<>();
        for (Bot bot : bots) {
            switch (bot) {
                case Bot.Source source -> sources.add(source);
                case Bot.Reader reader -> {
                    Optional<String> why = notTried(reader, helpers.contains(bot), samples);
                    why.ifPresentOrElse(
                            reason -> notes.add("not in it: " + reader.name() + ", " + reason),
                            () -> add(reader, written));
                }
            }
        }
        onQueues.forEach(graph -> feed(graph, written, samples));
    }

    private void add(Bot.Reader reader, Set<String> written) {
        Graph<?, ?, ?> graph = reader.graph();
        (graph.source().queues().isEmpty() ? onStreams : onQueues).add(graph);
        written.addAll(written(graph));
        reader.uses().stream()
                .filter(Bot.Use.PutsInto.class::isInstance)
                .forEach(use -> putsInto.add(((Bot.Use.PutsInto) use).stream()));
    }

    private void feed(Graph<?, ?, ?> graph, Set<String> written, Map<String, Sample> samples) {
        List<String> queues = graph.source().queues();
        if (queues.stream().noneMatch(written::contains)) {
            Sample.of(graph.name(), samples)
                    .ifPresentOrElse(
                            sample -> fedQueues.putIfAbsent(queues.getFirst(), sample),
                            () -> notes.add("not in it: " + graph.name() + ", nothing here writes its queues " + queues
                                    + "; give it a sample"));
        }
    }

    private static Optional<String> notTried(Bot.Reader reader, boolean isHelper, Map<String, Sample> samples) {
        if (isHelper) {
            return Optional.of("it takes results outside of the bus");
        }
        Optional<String> verb = reader.pipeline().flatMap(pipeline -> pipeline.description().steps().stream()
                .map(Description.Step::verb)
                .filter(OUTSIDE::contains)
                .findFirst());
        if (verb.isPresent()) {
            return Optional.of("a step of it calls outside of the bus: verb=" + verb.get());
        }
        if (Outside.isForNothing(reader.graph())) {
            return Optional.of("it writes nothing on the bus");
        }
        boolean onStream = reader.graph().source().queues().isEmpty();
        return onStream && Sample.of(reader.name(), samples).isEmpty()
                ? Optional.of("it has no sample; give it one")
                : Optional.empty();
    }

    /**
     * Bots that hang together by streams and queues.
     *
     * @param fedQueues queues that none of them writes, with what programs write into them
     * @param written streams that some of them put into
     */
    record Group(
            List<Graph<?, ?, ?>> onStreams,
            List<Graph<?, ?, ?>> onQueues,
            Map<String, Sample> fedQueues,
            Set<String> written) {
        static final Group NONE = new Group(List.of(), List.of(), Map.of(), Set.of());

        /** Logical names of all streams. */
        Set<String> streams() {
            Set<String> streams = new LinkedHashSet<>(written);
            onStreams.forEach(graph -> streams.add(graph.source().stream()));
            streams.add(Bus.EVENTS);
            return streams;
        }
    }

    /** Each of them by itself: one with long times between writing rows does not make the others run on. */
    List<Group> groups() {
        List<List<Graph<?, ?, ?>>> groups = new ArrayList<>();
        for (Graph<?, ?, ?> graph :
                Stream.concat(onStreams.stream(), onQueues.stream()).toList()) {
            List<Graph<?, ?, ?>> joined = new ArrayList<>(List.of(graph));
            groups.removeIf(
                    group -> group.stream().anyMatch(other -> hangTogether(graph, other)) && joined.addAll(group));
            groups.add(joined);
        }
        return groups.stream().map(this::group).toList();
    }

    private Group group(List<Graph<?, ?, ?>> graphs) {
        List<Graph<?, ?, ?>> queues = onQueues.stream().filter(graphs::contains).toList();
        Map<String, Sample> fed = new LinkedHashMap<>(fedQueues);
        fed.keySet().removeIf(queue -> queues.stream()
                .noneMatch(graph -> graph.source().queues().contains(queue)));
        return new Group(onStreams.stream().filter(graphs::contains).toList(), queues, fed, putsInto);
    }

    private static boolean hangTogether(Graph<?, ?, ?> one, Graph<?, ?, ?> other) {
        boolean sameStream = one.source().queues().isEmpty()
                && other.source().queues().isEmpty()
                && one.source().stream().equals(other.source().stream());
        return sameStream
                || one.source().queues().stream().anyMatch(other.source().queues()::contains)
                || written(one).stream().anyMatch(other.source().queues()::contains)
                || written(other).stream().anyMatch(one.source().queues()::contains);
    }

    /** A bot and all those before it whose results it reads. */
    static List<Bot> upTo(List<Bot> bots, String name) {
        Set<String> wanted = new HashSet<>(Set.of(name));
        for (int size = 0; size < wanted.size(); ) {
            size = wanted.size();
            Set<String> read = new HashSet<>();
            readers(bots)
                    .filter(bot -> wanted.contains(bot.name()))
                    .forEach(bot -> read.addAll(bot.graph().source().queues()));
            readers(bots)
                    .filter(bot -> written(bot.graph()).stream().anyMatch(read::contains))
                    .forEach(bot -> wanted.add(bot.name()));
        }
        return bots.stream().filter(bot -> wanted.contains(bot.name())).toList();
    }

    private static Stream<Bot.Reader> readers(List<Bot> bots) {
        return bots.stream().filter(Bot.Reader.class::isInstance).map(Bot.Reader.class::cast);
    }

    /** Queues that a graph is known to write. */
    private static Set<String> written(Graph<?, ?, ?> graph) {
        return switch (graph.sink()) {
            case Sink.OwnQueue<?>(String queue, var _) -> Set.of(queue);
            case Sink.Effects<?> effects -> {
                Set<String> written = new HashSet<>(effects.own());
                written.addAll(effects.shared());
                yield written;
            }
            case Sink.SharedQueues<?> _ -> Set.of();
        };
    }

    List<Bot.Source> sources() {
        return sources;
    }

    List<String> notes() {
        return notes;
    }
}
