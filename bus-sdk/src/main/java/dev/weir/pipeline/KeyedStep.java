package dev.weir.pipeline;

/**
 * A step of one's own with state. Pure: no clock, randomness, network or memory of its own, since the spine may run it again with the same
 * input. An exception parks the event.
 */
@FunctionalInterface
public interface KeyedStep<T, S, R> {
    void take(KeyedEvent<T> event, Cell<S> state, Results<R> results);
}
