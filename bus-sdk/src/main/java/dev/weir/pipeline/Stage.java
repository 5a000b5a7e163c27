package dev.weir.pipeline;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Values without keys on their way through a pipeline. Immutable: each verb answers a further stage, and a stage that is used twice gives
 * its values to both.
 *
 * <p>The functions are pure: no clock, randomness, network or memory of their own, since the spine may run them again with the same
 * input. An exception parks the event that came in. Only a {@link Lookup} may ask others.
 *
 * @param <T> type of the values
 */
public final class Stage<T> {
    final Node node;

    Stage(Node node) {
        this.node = node;
    }

    /** One value for each: {@code orders.map(Order::total)}. */
    public <R> Stage<R> map(Function<? super T, ? extends R> function) {
        return one("map", (_, value) -> function.apply(cast(value)));
    }

    /** Those for which the condition holds: {@code orders.filter(order -> order.total() > 0)}. */
    public Stage<T> filter(Predicate<? super T> condition) {
        return one("filter", (_, value) -> condition.test(cast(value)) ? value : Node.ToOne.NOTHING);
    }

    /** Any number of values for each, in order: {@code lines.flatMap(line -> List.of(line.split(" ")))}. */
    public <R> Stage<R> flatMap(Function<? super T, ? extends Iterable<? extends R>> function) {
        return new Stage<>(new Node.Many(node, value -> cast(function.apply(cast(value)))));
    }

    /**
     * Puts to each value what a lookup finds under a key of it, in a service or a table; the order stays, and so does the key that a value may have.
     *
     * <pre>{@code orders.enrich("customer", Order::customerId, customers::byIds, Enriched::new)}</pre>
     *
     * <p>What is behind no step with state is looked up for many events together, before the first of them is taken: each key once, and several calls at
     * once. See {@link Lookup} for what it promises, what it must not do, and its bounds.
     *
     * @param key of what is looked up; values that have none are filtered out before
     * @param function is given what was found, or empty if there is nothing
     */
    public <K, V, R> Stage<R> enrich(
            String name,
            Function<? super T, ? extends K> key,
            Lookup<K, V> lookup,
            BiFunction<? super T, Optional<V>, ? extends R> function) {
        return new Stage<>(new Node.Enrich(
                name,
                node,
                value -> key.apply(cast(value)),
                cast(lookup),
                (value, found) -> function.apply(cast(value), cast(found))));
    }

    /** Two ways: {@code var paid = orders.branch(Order::isPaid)}, then {@code paid.matching()} and {@code paid.rest()}. */
    public Branches<Stage<T>> branch(Predicate<? super T> condition) {
        return new Branches<>(filter(condition), filter(condition.negate()));
    }

    /** The values of these stages too: {@code orders.merge(returns)}. Between them there is no order. */
    @SafeVarargs
    public final Stage<T> merge(Stage<? extends T>... others) {
        List<Node> inputs = new ArrayList<>(List.of(node));
        for (Stage<? extends T> other : others) {
            inputs.add(other.node);
        }
        return new Stage<>(new Node.Merge(inputs));
    }

    /** When what a value tells of happened: {@code trades.timestampBy(Trade::at)}; else it counts as the moment at which the event came in. */
    public Stage<T> timestampBy(Function<? super T, Instant> time) {
        ToLongFunction<Object> millis = value -> time.apply(cast(value)).toEpochMilli();
        return new Stage<>(new Node.EventTime(node, millis));
    }

    /**
     * Gives values a key, right behind a source whose events are read one for one: {@code map}, {@code filter} and {@code timestampBy} may
     * stand in between, nothing else. No value travels that was written under its key.
     *
     * <pre>{@code orders.keyBy(Order::customer)}</pre>
     *
     * @param key 1 to 1,024 bytes of UTF-8
     */
    public KeyedStage<T> keyBy(Function<? super T, String> key) {
        return keyed(null, key, null);
    }

    /**
     * Gives values a key, anywhere: each travels to the lane of its key.
     *
     * <pre>{@code words.keyBy("word", word -> word, Codec.text())}</pre>
     *
     * @param name of the step; must not change between deployments
     * @param key 1 to 1,024 bytes of UTF-8
     * @param codec writes values that travel
     */
    public KeyedStage<T> keyBy(String name, Function<? super T, String> key, Codec<T> codec) {
        return keyed(name, key, Stage.<Codec<Object>>cast(codec));
    }

    private KeyedStage<T> keyed(@Nullable String name, Function<? super T, String> key, @Nullable Codec<Object> codec) {
        return new KeyedStage<>(new Node.KeyBy(name, node, value -> key.apply(cast(value)), codec, KeyRules.NONE));
    }

    /** An end: {@code words.to(To.queue("words", Codec.text()))}. */
    public End to(To<? super T> to) {
        return new End(new Node.End(node, cast(to)));
    }

    private <R> Stage<R> one(String verb, Node.ToOne function) {
        return new Stage<>(new Node.One(verb, node, function));
    }

    /** The types were checked when the stages were put together. */
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    static <X> X cast(Object value) {
        return (X) value;
    }
}
