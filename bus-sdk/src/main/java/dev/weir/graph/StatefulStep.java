package dev.weir.graph;

/**
 * A bot's own code: from an event and the state to a result. Pure: no clock, randomness, network or memory of its own, since the spine
 * may run it again with the same input. An exception parks the event.
 */
@FunctionalInterface
public interface StatefulStep<T, V, R> {
    R apply(T event, State<V> state);
}
