package dev.weir.pipeline;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Looks things up by their keys, in a service or a table: the one function of a pipeline that may wait and that need not answer the same each time.
 *
 * <p>What it answers is part of the commit of the event for which it was asked: if the event is done again, it is asked again, and the results of
 * one of the runs are committed, whole. It must change nothing, since it is asked more often than events take effect.
 *
 * <pre>{@code
 * orders.enrich("customer", Order::customerId, customers::byIds, Enriched::new)
 * orders.enrich("customer", Order::customerId, Lookup.of(customers::byIds).keysPerCall(25).callsAtOnce(4), Enriched::new)
 * orders.enrich("customer", Order::customerId, Lookup.each(customers::byId), Enriched::new)
 * }</pre>
 *
 * <p>If it throws {@link dev.weir.graph.RetryLaterException}, nothing of the lane that is not committed yet is committed, and it comes again later;
 * any other exception parks the event. Of a call for many keys that fails with another exception each key is asked for again by itself, so that only the event
 * whose key is to blame is parked. What it calls needs a time after which it gives up, well below that of the function.
 *
 * <p>Thread-safe: it is called by several threads at once.
 *
 * @param <K> type of the keys, with {@code equals} and {@code hashCode}
 * @param <V> type of what is found
 */
@FunctionalInterface
public interface Lookup<K, V> {

    /** Most keys of a call if nothing is said. */
    int KEYS_PER_CALL = 100;

    /** Most calls at once if nothing is said. */
    int CALLS_AT_ONCE = 16;

    /**
     * What there is of some keys, which are all different and at least one; a key that is not in the map has nothing. What else is in the
     * map is passed over.
     */
    Map<K, V> find(Set<K> keys);

    /** Most keys of a call, 1 to 10,000. Default: 100. */
    default int keysPerCall() {
        return KEYS_PER_CALL;
    }

    /** Most calls at once of each step and copy of the function, 1 to 1,000. Default: 16. */
    default int callsAtOnce() {
        return CALLS_AT_ONCE;
    }

    /** A lookup of which the bounds are still to be said. */
    static <K, V> Lookup<K, V> of(Lookup<K, V> lookup) {
        return lookup;
    }

    /** One key a call; empty if there is nothing. */
    static <K, V> Lookup<K, V> each(Function<? super K, Optional<V>> find) {
        return new BoundedLookup<>(
                keys -> {
                    K key = keys.iterator().next();
                    return find.apply(key).map(value -> Map.of(key, value)).orElseGet(Map::of);
                },
                1,
                CALLS_AT_ONCE);
    }

    /** The same with so many keys a call at most. */
    default Lookup<K, V> keysPerCall(int most) {
        return new BoundedLookup<>(this, most, callsAtOnce());
    }

    /** The same with so many calls at once at most. */
    default Lookup<K, V> callsAtOnce(int most) {
        return new BoundedLookup<>(this, keysPerCall(), most);
    }
}
