package dev.weir.graph;

import java.util.Set;
import java.util.function.BinaryOperator;

/**
 * The keyed state of a bot: one value per key, kept in DynamoDB, held in memory by the warm function.
 *
 * @param name logical name, for example {@code balances}
 * @param codec how a value is written
 * @param zero the value of a key that was never written
 * @param merge how {@link State#add} puts two values together: associative and commutative, with {@code zero} as its unit, since what
 *     is added to a key of another lane arrives later than what its own lane adds
 * @param spread keys that would be hot: each lane keeps a part of its own, and readers merge the parts
 */
public record Table<V>(String name, StateCodec<V> codec, V zero, BinaryOperator<V> merge, Set<String> spread) {

    public static <V> Table<V> of(String name, StateCodec<V> codec, V zero, BinaryOperator<V> merge) {
        return new Table<>(Names.checked("table", name), codec, zero, merge, Set.of());
    }

    /** For a graph that keeps no state. */
    public static Table<NoState> none() {
        return NoState.TABLE;
    }

    /** The same table with these keys kept as one part per lane. */
    public Table<V> spreading(String... keys) {
        return new Table<>(name, codec, zero, merge, Set.of(keys));
    }
}
