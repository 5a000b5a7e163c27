package dev.weir.pipeline;

import dev.weir.model.Json;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BiFunction;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Values with keys on their way through a pipeline. The values of a key take effect one after another, in the lane of the key: so a step
 * keeps state of it like a local variable. Immutable; see {@link Stage} for what holds for functions.
 *
 * <p>Each step with state has a name, which must not change between deployments: its state is found by it.
 *
 * @param <T> type of the values
 */
public final class KeyedStage<T> {
    final Node node;

    KeyedStage(Node node) {
        this.node = node;
    }

    // ------------------------------------------------------------------ right behind keyBy

    /**
     * Drops a value whose id was seen for its key within the horizon; right behind {@code keyBy}.
     *
     * <pre>{@code payments.keyBy(Payment::account).dedupeBy(Payment::id, Duration.ofHours(1))}</pre>
     */
    public KeyedStage<T> dedupeBy(Function<? super T, Optional<String>> id, Duration horizon) {
        Node.KeyBy keyBy = keyBy("dedupeBy");
        Function<Object, Optional<String>> function = value -> id.apply(Stage.cast(value));
        return with(keyBy, new KeyRules(Optional.of(new KeyRules.Rule<>(function, horizon)), keyBy.rules.sequence()));
    }

    /**
     * Puts the values of a key in the order of their numbers 1, 2, 3, ...; right behind {@code keyBy}. A gap is passed, and reported, after
     * the deadline.
     *
     * <pre>{@code payments.keyBy(Payment::account).orderBy(Payment::number, Duration.ofMinutes(5))}</pre>
     */
    public KeyedStage<T> orderBy(Function<? super T, OptionalLong> sequence, Duration deadline) {
        Node.KeyBy keyBy = keyBy("orderBy");
        Function<Object, OptionalLong> function = value -> sequence.apply(Stage.cast(value));
        return with(keyBy, new KeyRules(keyBy.rules.id(), Optional.of(new KeyRules.Rule<>(function, deadline))));
    }

    private Node.KeyBy keyBy(String verb) {
        if (node instanceof Node.KeyBy keyBy) {
            return keyBy;
        }
        throw new IllegalStateException(verb + " goes right behind keyBy, and here it is behind: " + node.verb());
    }

    private static <T> KeyedStage<T> with(Node.KeyBy keyBy, KeyRules rules) {
        return new KeyedStage<>(new Node.KeyBy(keyBy.name, keyBy.inputs.getFirst(), keyBy.key, keyBy.codec, rules));
    }

    // ------------------------------------------------------------------ without state

    /** One value for each: {@code orders.map(Order::total)}; the key stays. */
    public <R> KeyedStage<R> map(Function<? super T, ? extends R> function) {
        return one("map", (_, value) -> function.apply(Stage.cast(value)));
    }

    /** One value for each, with the key at hand: {@code counts.mapWithKey(WordCount::new)}. The key stays. */
    public <R> KeyedStage<R> mapWithKey(BiFunction<String, ? super T, ? extends R> function) {
        return one("map", (key, value) -> function.apply(Objects.requireNonNull(key), Stage.cast(value)));
    }

    /** Those for which the condition holds: {@code orders.filter(Order::isPaid)}. */
    public KeyedStage<T> filter(Predicate<? super T> condition) {
        return one("filter", (_, value) -> condition.test(Stage.cast(value)) ? value : Node.ToOne.NOTHING);
    }

    /** Any number of values for each, in order: {@code words.flatMap(word -> List.of(word, word.trim()))}; the key stays. */
    public <R> KeyedStage<R> flatMap(Function<? super T, ? extends Iterable<? extends R>> function) {
        return new KeyedStage<>(new Node.Many(node, value -> Stage.cast(function.apply(Stage.cast(value)))));
    }

    /**
     * Puts to each value what a lookup finds under a key of it, in a service or a table; the order stays, and so does the key that a value may have.
     *
     * <pre>{@code orders.enrich("customer", Order::customerId, directory::byIds, Enriched::new)}</pre>
     *
     * <p>As {@link Stage#enrich}: behind a step with state, which must have taken one event before the next, a key is looked up when its event is taken, one
     * call after another. So enrich before {@code count}, {@code process} and the like where you can.
     *
     * @param key of what is looked up; values that have none are filtered out before
     * @param function is given what was found, or empty if there is nothing
     */
    public <K, V, R> KeyedStage<R> enrich(
            String name,
            Function<? super T, ? extends K> key,
            Lookup<K, V> lookup,
            BiFunction<? super T, Optional<V>, ? extends R> function) {
        return new KeyedStage<>(new Node.Enrich(
                name,
                node,
                value -> key.apply(Stage.cast(value)),
                Stage.cast(lookup),
                (value, found) -> function.apply(Stage.cast(value), Stage.cast(found))));
    }

    /** Two ways for values to go on: {@code orders.branch(Order::isPaid).rest()}. */
    public Branches<KeyedStage<T>> branch(Predicate<? super T> condition) {
        return new Branches<>(filter(condition), filter(condition.negate()));
    }

    /** The values of these stages too, under the keys that they have: {@code orders.merge(returns)}. */
    @SafeVarargs
    public final KeyedStage<T> merge(KeyedStage<? extends T>... others) {
        List<Node> inputs = new ArrayList<>(List.of(node));
        for (KeyedStage<? extends T> other : others) {
            inputs.add(other.node);
        }
        return new KeyedStage<>(new Node.Merge(inputs));
    }

    private <R> KeyedStage<R> one(String verb, Node.ToOne function) {
        return new KeyedStage<>(new Node.One(verb, node, function));
    }

    /**
     * Gives values another key: each travels to its lane. See {@link Stage#keyBy(String, Function, Codec)}.
     *
     * <pre>{@code orders.keyBy("customer", Order::customer, Codec.of(Order.class))}</pre>
     */
    public KeyedStage<T> keyBy(String name, Function<? super T, String> key, Codec<T> codec) {
        return new KeyedStage<>(new Node.KeyBy(
                name, node, value -> key.apply(Stage.cast(value)), Stage.<Codec<Object>>cast(codec), KeyRules.NONE));
    }

    // ------------------------------------------------------------------ with state

    /** How many values the key had, this one included: {@code words.count("count")}. */
    public KeyedStage<Long> count(String name) {
        return aggregate(name, Codec.integer(), 0L, (count, _) -> count + 1);
    }

    /** What the values of the key come to so far: {@code paid.reduce("largest", Codec.of(Payment.class), Payment::larger)}. */
    public KeyedStage<T> reduce(String name, Codec<T> codec, BinaryOperator<T> function) {
        return process(name, codec, (event, state, results) -> {
            T before = state.get();
            T after = before == null ? event.value() : function.apply(before, event.value());
            state.set(after);
            results.add(after);
        });
    }

    /**
     * What the values of the key come to so far, beginning with {@code zero}.
     *
     * <pre>{@code trades.aggregate("volume", Codec.integer(), 0L, (volume, trade) -> volume + trade.shares())}</pre>
     */
    public <A> KeyedStage<A> aggregate(
            String name, Codec<A> codec, A zero, BiFunction<? super A, ? super T, ? extends A> function) {
        return process(name, codec, (event, state, results) -> {
            A after = function.apply(state.or(zero), event.value());
            state.set(after);
            results.add(after);
        });
    }

    /**
     * A step of one's own: any number of results for each value, and a state of the key that it may change.
     *
     * <pre>{@code
     * prices.process("moves", Codec.of(Price.class), (event, last, moves) -> {
     *     if (last.get() != null && last.get().cents() != event.value().cents()) {
     *         moves.add(new Move(event.key(), event.value().cents() - last.get().cents()));
     *     }
     *     last.set(event.value());
     * })
     * }</pre>
     */
    public <S, R> KeyedStage<R> process(String name, Codec<S> codec, KeyedStep<T, S, R> step) {
        return stateful(name, new StepOperator<>(codec, step));
    }

    /**
     * Gives values to a program that reads and writes JSON lines, one process for each key, and goes on with what it writes: exactly once, though
     * the process is killed, or its host. See {@link Program} for what it must do, and {@link Programs} for how.
     *
     * <pre>{@code
     * transfers.keyBy("bank", _ -> "bank", Codec.json())
     *         .program("decide", Codec.json(), Program.of("python3", "transfers.py"))
     * }</pre>
     *
     * <p>Every line that it has read is kept in the queue {@code <bot>.<name>.log}, and is read again by each new process: starting one takes the longer the
     * more it has read, unless the program offers snapshots.
     */
    public KeyedStage<Json> program(String name, Codec<T> codec, Program program) {
        return this.<Json>map(codec::encode).stateful(name, new ProgramOperator(program));
    }

    /**
     * Gathers values of the key until there are so many, or so many bytes, or so much time has passed, whichever comes first; see {@link Batch}.
     * They keep their order, and each is in one batch.
     *
     * <pre>{@code
     * clicks.batch("hundreds", Batch.ofCount(100).orBytes(64_000).after(Duration.ofSeconds(10)), Codec.of(Click.class))
     * }</pre>
     *
     * <p>The event time of a batch is the latest of its values. A batch that waits is part of the state of its key, which each commit that adds to it writes
     * anew: small batches of many keys cost less than large ones of few.
     *
     * @param codec writes values that wait
     */
    public KeyedStage<List<T>> batch(String name, Batch rules, Codec<T> codec) {
        return stateful(name, new BatchOperator<>(rules, codec));
    }

    /**
     * Cuts values into windows of event time; say next what becomes of each.
     *
     * <pre>{@code
     * trades.window(Window.tumbling(Duration.ofMinutes(1)), Codec.of(Trade.class))
     *         .aggregate("volume", Codec.integer(), 0L, (volume, trade) -> volume + trade.shares(), Long::sum)
     * }</pre>
     *
     * @param codec writes values that come too late
     */
    public WindowedStage<T> window(Window window, Codec<T> codec) {
        return new WindowedStage<>(this, window, codec);
    }

    /**
     * Puts each value together with the latest one of the key from another stage, if there is one: a stream with a table.
     *
     * <pre>{@code orders.joinLatest("customer", customers, Codec.of(Customer.class), Enriched::new)}</pre>
     */
    public <U, R> KeyedStage<R> joinLatest(
            String name,
            KeyedStage<U> table,
            Codec<U> codec,
            BiFunction<? super T, Optional<U>, ? extends R> function) {
        return new KeyedStage<>(
                new Node.Stateful(name, List.of(node, table.node), new JoinLatest<T, U, R>(codec, function)));
    }

    /**
     * Puts each value together with every one of the key from another stage that is at most so far from it in event time, whichever comes
     * first. A value that is older than the watermark by more than twice that is late: see {@link WindowedStage}.
     *
     * <pre>{@code
     * orders.joinWithin("paid", Duration.ofHours(1), Codec.of(Order.class), paid, Codec.of(Payment.class), Paid::new)
     * }</pre>
     */
    public <U, R> KeyedStage<R> joinWithin(
            String name,
            Duration within,
            Codec<T> codec,
            KeyedStage<U> other,
            Codec<U> otherCodec,
            BiFunction<? super T, ? super U, ? extends R> function) {
        return new KeyedStage<>(new Node.Stateful(
                name,
                List.of(node, other.node),
                new JoinWithin<T, U, R>(positive(within), codec, otherCodec, function)));
    }

    /** An end: {@code counts.to(To.queue("counts", Codec.integer()))}. */
    public End to(To<? super T> to) {
        return new End(new Node.End(node, Stage.cast(to)));
    }

    <R> KeyedStage<R> stateful(String name, Operator operator) {
        return new KeyedStage<>(new Node.Stateful(name, List.of(node), operator));
    }

    static long positive(Duration duration) {
        if (duration.toMillis() <= 0) {
            throw new IllegalArgumentException("duration must be at least a millisecond: duration=" + duration);
        }
        return duration.toMillis();
    }
}
