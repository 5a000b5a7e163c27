package dev.weir.graph;

/**
 * A bot's own code where events need no key: from an event to a result. Pure: no clock, randomness, network or memory of its own, since
 * the spine may run it again with the same input. An exception parks the event.
 */
@FunctionalInterface
public interface EventStep<T, R> {

    /**
     * Makes the result of one event.
     *
     * @param event the event
     * @param arrivalMillis when the stream took it, milliseconds since the epoch: the same each time that it is delivered
     */
    R apply(T event, long arrivalMillis);
}
