package dev.weir.testkit;

import dev.weir.flow.StateView;
import dev.weir.graph.Decoded;
import dev.weir.graph.Graph;
import dev.weir.local.simulator.Evidence;
import dev.weir.local.simulator.ScriptedWorld;
import dev.weir.local.simulator.Setup;
import dev.weir.local.simulator.Submission;
import dev.weir.model.Json;
import dev.weir.model.LaneId;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * One run of a bot: put events, let time pass, look at what came of it. Whoever looks waits, in virtual time, until nothing is on its way.
 *
 * <p>Used by the thread of the test.
 *
 * @param <V> type of the state of a key
 * @param <I> type of the events that are put
 * @param <O> type of the results
 */
public final class TestBus<V, I, O> {

    /** How a graph's types are told from text. */
    record Types<T, V, R, I, O>(
            Supplier<Graph<T, V, R>> graphs,
            Graph<T, V, R> graph,
            Function<I, String> input,
            Function<String, O> output) {

        Setup setup(int lanes, int shards) {
            return Setup.of(graphs, lanes, shards);
        }

        <I2> Types<T, V, R, I2, O> withInput(Function<I2, String> json) {
            return new Types<>(graphs, graph, json, output);
        }

        <O2> Types<T, V, R, I, O2> withOutput(Function<String, O2> parse) {
            return new Types<>(graphs, graph, input, parse);
        }

        /** The key under which the bot will know an event; for what is no event any will do. */
        String key(String text) {
            return graph.source().decoder().decode(Json.of(text)) instanceof Decoded.Value<T>(T event)
                    ? graph.key().apply(event)
                    : "";
        }
    }

    private final Types<?, V, ?, I, O> types;
    private final Setup setup;
    private final ScriptedWorld world;

    TestBus(Types<?, V, ?, I, O> types, Setup setup, ScriptedWorld world) {
        this.types = types;
        this.setup = setup;
        this.world = world;
    }

    /** Puts events, in this order, through a writer that keeps the order of each key. Returns when they are in the stream. */
    @SafeVarargs
    public final void put(I... events) {
        List<Submission> submissions = new ArrayList<>();
        for (I event : events) {
            submissions.add(submission(types.input().apply(event)));
        }
        world.put(submissions);
    }

    /** Puts lines as they are, for example such as are no events. */
    public void putText(String... lines) {
        world.put(Stream.of(lines).map(this::submission).toList());
    }

    private Submission submission(String line) {
        return Submission.of(types.key(line), line);
    }

    /**
     * Lets time pass. Once a minute, by the world's clock, the bot gets its tick, which passes gaps whose deadline is over. Faults take
     * time too, so at least so much has passed.
     */
    public void advance(Duration duration) {
        world.advance(duration);
    }

    /** All results so far: those of one key in their order, keys of different lanes one lane after the other. */
    public List<O> results() {
        return queue(setup.queue()).stream().map(types.output()).toList();
    }

    /** All events of another queue that the bot alone writes, as JSON text, in the same order. */
    public List<String> results(String queue) {
        return queue(queue);
    }

    /** The state of a key; what the table begins with if nothing was ever written. */
    public V state(String key) {
        V value = states().get(key);
        return value == null ? types.graph().table().zero() : value;
    }

    /** The state of every key that was ever written. */
    public Map<String, V> states() {
        return new StateView<>(types.graph(), setup.bus(), world.settle().items()).all();
    }

    /** Events that were put aside, with the reason. */
    public List<ParkedEvent> parked() {
        Evidence evidence = world.settle();
        return evidence.lanes().stream()
                .flatMap(lane -> evidence.kept(lane, "parked#").stream())
                .map(item ->
                        new ParkedEvent(new String(item.bytes("payload"), StandardCharsets.UTF_8), item.text("reason")))
                .toList();
    }

    /** The events that tell of gaps that were passed, as JSON text: see the queue {@code <bot>.gaps}. */
    public List<String> gaps() {
        return queue(setup.bot() + ".gaps");
    }

    private List<String> queue(String logical) {
        Evidence evidence = world.settle();
        List<String> payloads = new ArrayList<>();
        for (LaneId lane : evidence.lanes()) {
            payloads.addAll(evidence.queue(logical, lane));
        }
        return payloads;
    }
}
