package dev.weir.pipeline;

import dev.weir.graph.Decoded;
import dev.weir.graph.Effect;
import dev.weir.graph.EventDecoder;
import dev.weir.graph.Graph;
import dev.weir.graph.IdRule;
import dev.weir.graph.Names;
import dev.weir.graph.SequenceRule;
import dev.weir.graph.Sink;
import dev.weir.graph.Source;
import dev.weir.graph.Table;
import dev.weir.model.Json;
import dev.weir.wire.Envelope;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

/**
 * A bot of several steps: from sources through transforms to ends. Immutable and thread-safe if its functions are; checked when it is made.
 *
 * <p>What {@link #graph} answers goes where the graph of any bot goes: to a handler, to a test, to the local bus.
 */
public final class Pipeline {

    /** The logical name of the table with the state of all steps. */
    public static final String TABLE = "state";

    /** What programs have read is never forgotten, nor is anything else that such a pipeline writes. */
    private static final Duration FOR_EVER = Duration.ofDays(100 * 365);

    private final Plan plan;

    private Pipeline(Plan plan) {
        this.plan = plan;
    }

    /** A first stage: {@code Pipeline.from(Feed.stream("orders", Codec.of(Order.class)))}. */
    public static <T> Stage<T> from(Feed<T> feed) {
        return new Stage<>(new Node.Source(Stage.cast(feed)));
    }

    /**
     * A pipeline of all stages that lead to these ends: {@code Pipeline.of("orders", orders.to(To.queue("paid", Codec.of(Order.class))))}.
     *
     * @param name of the bot: it owns checkpoints and state, so it must not change between deployments
     * @throws IllegalArgumentException if it cannot be run as it is; the message names the step and what to do
     */
    public static Pipeline of(String name, End... ends) {
        return new Pipeline(Plan.of(Names.checked("bot", name), List.of(ends)));
    }

    /** The bot's name. */
    public String name() {
        return plan.bot;
    }

    /** What the spine runs. A pipeline with programs can be looked at like this, and not run: see {@link #graph(Programs)}. */
    public Graph<Work, KeyState, List<Effect>> graph() {
        return graph(plan, new NoPrograms());
    }

    /** What the spine runs, with what runs the programs: {@code pipeline.graph(programs)}. */
    public Graph<Work, KeyState, List<Effect>> graph(Programs programs) {
        return graph(plan, programs);
    }

    /** Whether it gives values to programs. */
    public boolean hasPrograms() {
        return !plan.programLogs().isEmpty();
    }

    /** The steps, and what leads where. */
    public Description description() {
        return Description.of(plan);
    }

    /** What it reads. */
    public List<Feed<?>> feeds() {
        return List.copyOf(plan.feeds());
    }

    /** Where what leaves the bus goes. */
    public List<To.Outside<Object>> outsides() {
        return plan.outsides().toList();
    }

    /** Logical names of the streams that it puts events into. */
    public List<String> streams() {
        return plan.streams();
    }

    private static Graph<Work, KeyState, List<Effect>> graph(Plan plan, Programs programs) {
        Machine machine = new Machine(plan, programs);
        List<String> steps = plan.stateful.stream().map(plan.names::get).toList();
        Table<KeyState> table =
                Table.of(TABLE, new KeyStateCodec(steps, machine.codecs), StepStates.none(steps.size()), (_, _) -> {
                    throw new IllegalStateException("nothing is added to the state of a pipeline from another lane");
                });
        if (machine.isTimed()) {
            table = new Table<>(table.name(), table.codec(), table.zero(), table.merge(), Timers.rowsAndClock());
        }
        return Graph.ofSteps(
                plan.bot,
                source(plan, machine),
                work -> work.key,
                ids(plan),
                sequences(plan),
                table,
                machine,
                new Sink.Effects<>(
                        effects -> effects,
                        ownQueues(plan),
                        plan.sharedQueues(),
                        plan.programLogs().isEmpty() ? Sink.RETENTION : FOR_EVER));
    }

    private static List<String> ownQueues(Plan plan) {
        List<String> own = new ArrayList<>(plan.ownQueues());
        own.addAll(plan.outsideQueues());
        own.addAll(plan.programLogs());
        if (plan.isTimed()) {
            own.add(plan.bot + ".late");
        }
        return own;
    }

    // ------------------------------------------------------------------ what is read

    private static Source<Work> source(Plan plan, Machine machine) {
        List<Feed<Object>> feeds = plan.feeds();
        if (feeds.getFirst().kind() == Feed.Kind.STREAM) {
            int step = plan.names.indexOf(feeds.getFirst().name());
            Codec<Object> codec = feeds.getFirst().codec();
            return Source.stream(feeds.getFirst().name(), text -> read(machine, step, codec.decode(text)));
        }
        return Source.queues(feeds.stream().map(Feed::name).toList(), new QueueEvents(plan, machine));
    }

    private static Decoded<Work> read(Machine machine, int step, Decoded<Object> decoded) {
        return switch (decoded) {
            case Decoded.Value<Object>(Object value) -> Decoded.value(machine.read(step, value));
            case Decoded.Refused<Object> refused -> new Decoded.Refused<>(refused.refusal());
        };
    }

    /** Events of several queues: each goes to the source that reads its queue, or the queue that it is a sub-queue of. */
    private record QueueEvents(Plan plan, Machine machine) implements EventDecoder<Work> {
        @Override
        public Decoded<Work> decode(String queue, String eid, Json line) {
            for (Feed<Object> feed : plan.feeds()) {
                if (isOf(queue, feed.name())) {
                    return read(
                            machine,
                            plan.names.indexOf(feed.name()),
                            feed.codec().decode(Envelope.payloadOf(line)));
                }
            }
            return Decoded.refused("the pipeline does not read this queue: queue=" + queue + " eid=" + eid);
        }

        private static boolean isOf(String queue, String name) {
            return queue.equals(name)
                    || (queue.startsWith(name)
                            && queue.charAt(name.length()) == '.'
                            && queue.chars().skip(name.length() + 1L).allMatch(c -> c >= '0' && c <= '9'));
        }
    }

    // ------------------------------------------------------------------ what is asked of keys

    private static Optional<IdRule<Work>> ids(Plan plan) {
        return plan.nodes.stream()
                .filter(node ->
                        node instanceof Node.KeyBy keyBy && keyBy.rules.id().isPresent())
                .findFirst()
                .map(node -> {
                    int step = plan.nodes.indexOf(node);
                    KeyRules.Rule<Function<Object, Optional<String>>> rule =
                            ((Node.KeyBy) node).rules.id().orElseThrow();
                    return new IdRule<>(
                            work -> work.step == step ? rule.function().apply(work.value) : Optional.empty(),
                            rule.duration());
                });
    }

    private static Optional<SequenceRule<Work>> sequences(Plan plan) {
        return plan.nodes.stream()
                .filter(node -> node instanceof Node.KeyBy keyBy
                        && keyBy.rules.sequence().isPresent())
                .findFirst()
                .map(node -> {
                    int step = plan.nodes.indexOf(node);
                    KeyRules.Rule<Function<Object, OptionalLong>> rule =
                            ((Node.KeyBy) node).rules.sequence().orElseThrow();
                    return new SequenceRule<>(
                            work -> work.step == step ? rule.function().apply(work.value) : OptionalLong.empty(),
                            rule.duration());
                });
    }
}
