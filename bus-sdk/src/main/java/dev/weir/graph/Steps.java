package dev.weir.graph;

import dev.weir.model.Json;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The body of a graph of several steps, of which some have keys and others have none, and whose events go from the lane of one key to the
 * lane of another on their way. Pure and thread-safe, like the functions of every graph.
 *
 * @param <T> an event, and the step that it stands before
 * @param <V> the state of a key, of all steps together
 * @param <R> the results of one event
 */
public interface Steps<T, V, R> {

    /** Whether the event stands before a step with keys: then the graph's key function tells its key. */
    boolean isKeyed(T event);

    /** Reads what a lane of this bot sent to another with {@link Effect.Hop}. */
    Decoded<T> arrived(Json line);

    /** Whether {@link #prepare} ever does something; if not, it is not called. */
    default boolean prepares() {
        return true;
    }

    /**
     * Answers the steps with which these events are taken, if {@link #prepares}. It is called before the first of them is taken, and may wait: for example for a
     * service that is asked about all of them together. What it does must do no harm: some of them may have been taken before, some may
     * not be taken after all, and others are taken without it. It throws nothing because of an event; with {@link RetryLaterException} all of
     * them come again later.
     *
     * @param events those of a lane in their order; of at most some megabytes
     */
    default Steps<T, V, R> prepare(List<T> events) {
        return this;
    }

    /**
     * Takes an event that has no key.
     *
     * @param arrivalMillis when the stream or the queue took it, milliseconds since the epoch: the same each time that it is delivered
     */
    R withoutKey(T event, long arrivalMillis);

    /** Takes an event in the lane of its key. */
    R withKey(T event, long arrivalMillis, State<V> state);

    /**
     * Whether taking an event does something that cannot be taken back. Then none is taken only to see whether it can be, which tells a broken
     * bot from a bad event.
     */
    default boolean actsOutside() {
        return false;
    }

    /**
     * About how many events lanes take before they commit, at least 1; what is due at the end of a batch is not done before. Without a bound they take
     * as much as memory allows, and do what is due each time. Steps that wait for others say fewer: then those work on what they were
     * given while lanes commit it and read what comes next.
     */
    default int eventsAtOnce() {
        return Integer.MAX_VALUE;
    }

    /**
     * Type of the state of each step that keeps any, by its name. It is stored with each lane; a graph in which a step has another type
     * than before is refused, since it could not read what is there.
     */
    Map<String, String> stateTypes();

    /** Whether {@link #due} ever does something. */
    boolean isTimed();

    /**
     * Does some of what a lane has to do because time has passed; empty if there is nothing. Called again until it is empty.
     *
     * @param nowMillis the clock on the wall, milliseconds since the epoch
     * @param isIdle whether the lane has nothing else to do: then the clock on the wall alone may make something due
     */
    Optional<R> due(long nowMillis, boolean isIdle, State<V> state);
}
