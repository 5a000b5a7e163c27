package dev.weir.pipeline;

import dev.weir.graph.Effect;
import dev.weir.graph.Source;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The steps of a pipeline in the order in which values go through them, with their names and what follows each; checked. Immutable.
 *
 * <p>A step that the user gave no name is called by what it does and its place among those that do the same: {@code map-2}. Such names are
 * for the eye alone; what is stored, or travels, carries names that the user gave.
 */
final class Plan {

    /** A way out of a step: to the input {@code side} of another. */
    record Edge(int to, int side) {}

    private static final Set<String> RESERVED = Set.of("gaps", "parked", "dropped", "late");

    final String bot;
    final List<Node> nodes;
    final List<String> names;
    final List<List<Edge>> next;

    /** The steps with state, in order; a step's place here is that of its state in {@link StepStates}. */
    final List<Integer> stateful;

    /** Steps that give keys, by name. */
    final Map<String, Integer> keyBys;

    /** Of a source whose events can be given their key as soon as they are read: the step that does it. */
    final Map<Integer, Integer> direct;

    private Plan(
            String bot,
            List<Node> nodes,
            List<String> names,
            List<List<Edge>> next,
            List<Integer> stateful,
            Map<String, Integer> keyBys,
            Map<Integer, Integer> direct) {
        this.bot = bot;
        this.nodes = nodes;
        this.names = names;
        this.next = next;
        this.stateful = stateful;
        this.keyBys = keyBys;
        this.direct = direct;
    }

    static Plan of(String bot, List<End> ends) {
        if (ends.isEmpty()) {
            throw new IllegalArgumentException(
                    "a pipeline needs an end: bot=" + bot + "; end each stage with .to(...)");
        }
        Map<Node, Integer> index = new HashMap<>();
        List<Node> nodes = new ArrayList<>();
        ends.forEach(end -> visit(end.node, index, nodes));
        List<List<Edge>> next = edges(nodes, index);
        List<String> names = names(bot, nodes);
        List<Integer> stateful = new ArrayList<>();
        Map<String, Integer> keyBys = new LinkedHashMap<>();
        for (int i = 0; i < nodes.size(); i++) {
            switch (nodes.get(i)) {
                case Node.Stateful _ -> stateful.add(i);
                case Node.KeyBy _ -> keyBys.put(names.get(i), i);
                case Node.Source _,
                        Node.One _,
                        Node.Many _,
                        Node.Enrich _,
                        Node.Merge _,
                        Node.EventTime _,
                        Node.End _ -> {}
            }
        }
        Plan plan = new Plan(bot, List.copyOf(nodes), names, next, stateful, keyBys, direct(nodes, next));
        plan.check();
        return plan;
    }

    /** Inputs before what they go into. */
    private static void visit(Node node, Map<Node, Integer> index, List<Node> nodes) {
        if (index.containsKey(node)) {
            return;
        }
        node.inputs.forEach(input -> visit(input, index, nodes));
        index.put(node, nodes.size());
        nodes.add(node);
    }

    private static List<List<Edge>> edges(List<Node> nodes, Map<Node, Integer> index) {
        List<List<Edge>> next = new ArrayList<>();
        nodes.forEach(_ -> next.add(new ArrayList<>()));
        for (int to = 0; to < nodes.size(); to++) {
            List<Node> inputs = nodes.get(to).inputs;
            for (int side = 0; side < inputs.size(); side++) {
                next.get(index.getOrDefault(inputs.get(side), -1)).add(new Edge(to, side));
            }
        }
        return next;
    }

    private static List<String> names(String bot, List<Node> nodes) {
        Map<String, Integer> counts = new HashMap<>();
        Set<String> used = new HashSet<>();
        List<String> names = new ArrayList<>();
        for (Node node : nodes) {
            String name = own(node).orElse(null);
            if (name == null) {
                String verb = node.verb().replace(' ', '-');
                name = verb + "-" + counts.merge(verb, 1, Integer::sum);
            } else if (!used.add(node.getClass().getSimpleName() + name)) {
                throw new IllegalArgumentException("two steps have the same name: name=" + name + " bot=" + bot
                        + "; names must differ, since state and travelling events are found by them");
            }
            names.add(name);
        }
        return names;
    }

    private static Optional<String> own(Node node) {
        return node instanceof Node.Source source ? Optional.of(source.feed.name()) : Optional.ofNullable(node.name);
    }

    private static Map<Integer, Integer> direct(List<Node> nodes, List<List<Edge>> next) {
        Map<Integer, Integer> direct = new HashMap<>();
        for (int i = 0; i < nodes.size(); i++) {
            if (nodes.get(i) instanceof Node.Source) {
                int at = i;
                while (next.get(at).size() == 1
                        && isPlain(nodes.get(next.get(at).getFirst().to()))) {
                    at = next.get(at).getFirst().to();
                }
                if (next.get(at).size() == 1
                        && nodes.get(next.get(at).getFirst().to()) instanceof Node.KeyBy) {
                    direct.put(i, next.get(at).getFirst().to());
                }
            }
        }
        return direct;
    }

    private static boolean isPlain(Node node) {
        return node instanceof Node.EventTime || node instanceof Node.One;
    }

    // ------------------------------------------------------------------ checks

    private void check() {
        checkSources();
        checkBatches();
        for (int i = 0; i < nodes.size(); i++) {
            if (nodes.get(i) instanceof Node.KeyBy keyBy) {
                boolean travels = !direct.containsValue(i);
                if (travels && (keyBy.name == null || keyBy.codec == null)) {
                    throw new IllegalArgumentException("events travel from step " + names.get(i) + " to the lanes of"
                            + " their keys, and need a name and a codec for that: bot=" + bot
                            + "; write keyBy(name, key, codec)");
                }
            }
        }
        checkEnds();
        long ids = rules().filter(rules -> rules.id().isPresent()).count();
        long sequences = rules().filter(rules -> rules.sequence().isPresent()).count();
        if (ids > 1 || sequences > 1) {
            throw new IllegalArgumentException("a pipeline has one dedupeBy and one orderBy at most: bot=" + bot
                    + " dedupeBy=" + ids + " orderBy=" + sequences + "; make two pipelines with a queue between");
        }
    }

    private void checkBatches() {
        Map<String, Integer> bytes = new LinkedHashMap<>();
        for (int step : stateful) {
            if (((Node.Stateful) nodes.get(step)).operator instanceof BatchOperator<?> batch) {
                bytes.put(names.get(step), batch.bytesMax());
            }
        }
        if (bytes.values().stream().mapToLong(Integer::longValue).sum() > Batch.STATE_BYTES_MAX) {
            throw new IllegalArgumentException("batches may come to more than the state of a key holds: bot=" + bot
                    + " bytes=" + bytes + " bytesMax=" + Batch.STATE_BYTES_MAX
                    + "; say fewer with orBytes(...) in step " + String.join(" or ", bytes.keySet()));
        }
    }

    private void checkEnds() {
        List<String> outside = outsides().map(To.Outside::name).toList();
        for (String name : outside) {
            if (Collections.frequency(outside, name) > 1) {
                throw new IllegalArgumentException("two ends have the same name, and would share a queue: name=" + name
                        + " bot=" + bot + "; merge what goes there, or give one of them another name");
            }
            if (RESERVED.contains(name)) {
                throw new IllegalArgumentException("an end cannot have this name, which a queue of every bot has: name="
                        + name + " bot=" + bot + "; give it another name");
            }
        }
        for (Node node : nodes) {
            if (node instanceof Node.End end && end.to instanceof To.Rows<Object> rows && !hasKey(end)) {
                throw new IllegalArgumentException("rows of a table are found by their keys, and what comes to the end "
                        + rows.name() + " has none: bot=" + bot + "; write keyBy before it");
            }
        }
        if (streams().size() > Effect.STREAMS_MAX) {
            throw new IllegalArgumentException(
                    "a pipeline puts events into " + Effect.STREAMS_MAX + " streams at most: bot=" + bot + " streams="
                            + streams() + "; let bots of their own put them there");
        }
        String own = feeds().getFirst().kind() == Feed.Kind.STREAM
                ? feeds().getFirst().name()
                : Source.QUEUES_STREAM;
        if (streams().contains(own)) {
            throw new IllegalArgumentException(
                    "a pipeline cannot put events into the stream that its lanes send each" + " other: bot=" + bot
                            + " stream=" + own + "; use a queue, which ends the circle, or another stream");
        }
    }

    /** Whether values that come out of a step have keys. */
    private static boolean hasKey(Node node) {
        return switch (node) {
            case Node.KeyBy _, Node.Stateful _ -> true;
            case Node.Source _ -> false;
            case Node.One _, Node.Many _, Node.Enrich _, Node.Merge _, Node.EventTime _, Node.End _ ->
                node.inputs.stream().allMatch(Plan::hasKey);
        };
    }

    private Stream<KeyRules> rules() {
        return nodes.stream().filter(Node.KeyBy.class::isInstance).map(node -> ((Node.KeyBy) node).rules);
    }

    private void checkSources() {
        List<Feed<Object>> feeds = feeds();
        long streams =
                feeds.stream().filter(feed -> feed.kind() == Feed.Kind.STREAM).count();
        if (streams > 1 || (streams == 1 && feeds.size() > 1)) {
            throw new IllegalArgumentException("a pipeline reads one stream, or any number of queues: bot=" + bot
                    + " sources=" + feeds.stream().map(Feed::name).toList()
                    + "; let a pipeline of its own put the stream into a queue");
        }
    }

    List<Feed<Object>> feeds() {
        return nodes.stream()
                .filter(Node.Source.class::isInstance)
                .map(node -> ((Node.Source) node).feed)
                .toList();
    }

    /** Logical names of the queues that it alone writes. */
    List<String> ownQueues() {
        return ends().filter(To.OwnQueue.class::isInstance)
                .map(to -> ((To.OwnQueue<?>) to).queue())
                .distinct()
                .toList();
    }

    /** Names of the queues that others write too. */
    List<String> sharedQueues() {
        return ends().filter(To.SharedQueue.class::isInstance)
                .map(to -> ((To.SharedQueue<?>) to).queue())
                .distinct()
                .toList();
    }

    /** Logical names of the queues in which results wait that leave the bus. */
    List<String> outsideQueues() {
        return outsides().map(to -> to.queueOf(bot)).toList();
    }

    Stream<To.Outside<Object>> outsides() {
        return ends().filter(To.Outside.class::isInstance).map(to -> (To.Outside<Object>) to);
    }

    /** Logical names of the streams that it puts events into. */
    List<String> streams() {
        return ends().filter(To.Stream.class::isInstance)
                .map(to -> ((To.Stream<?>) to).stream())
                .distinct()
                .toList();
    }

    private Stream<To<Object>> ends() {
        return nodes.stream().filter(Node.End.class::isInstance).map(node -> ((Node.End) node).to);
    }

    /** Logical names of the queues with the lines that programs have read. */
    List<String> programLogs() {
        return stateful.stream()
                .filter(step -> ((Node.Stateful) nodes.get(step)).operator instanceof ProgramOperator)
                .map(step -> new Programs.Id(bot, names.get(step), "").log())
                .toList();
    }

    boolean isTimed() {
        return stateful.stream().anyMatch(i -> ((Node.Stateful) nodes.get(i)).operator.isTimed());
    }
}
