package dev.weir.graph;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

/**
 * What one bot does. Immutable and thread-safe if its functions are.
 *
 * @param <T> type of the events
 * @param <V> type of the state of a key
 * @param <R> type of the results
 * @param name the bot's name: it owns checkpoints and state, so it must not change between deployments
 * @param key the key of an event: the unit of order; not empty, at most 1,024 bytes of UTF-8
 * @param ids dedupe by business id, if asked for
 * @param sequences order by a number in the payload, if asked for
 * @param touching further keys that the step will touch: they are read together with the event's own, in batches
 * @param each the step of a graph whose events have no keys; then key, ids, sequences, table, touching and step mean nothing
 * @param steps the body of a graph of several steps; then touching, step and each mean nothing
 */
public record Graph<T, V, R>(
        String name,
        Source<T> source,
        Function<T, String> key,
        Optional<IdRule<T>> ids,
        Optional<SequenceRule<T>> sequences,
        Table<V> table,
        Function<T, List<String>> touching,
        StatefulStep<T, V, R> step,
        Optional<EventStep<T, R>> each,
        Optional<Steps<T, V, R>> steps,
        Sink<R> sink) {

    /** A graph of several steps; {@code key}, {@code ids} and {@code sequences} are asked for events that have keys. */
    public static <T, V, R> Graph<T, V, R> ofSteps(
            String name,
            Source<T> source,
            Function<T, String> key,
            Optional<IdRule<T>> ids,
            Optional<SequenceRule<T>> sequences,
            Table<V> table,
            Steps<T, V, R> steps,
            Sink.Effects<R> sink) {
        return new Graph<>(
                Names.checked("bot", name),
                source,
                key,
                ids,
                sequences,
                table,
                _ -> List.of(),
                Graph::noStep,
                Optional.empty(),
                Optional.of(steps),
                sink);
    }

    /** Whether events have keys, and so lanes of their own, state and an order of their key; of a graph of several steps some have. */
    public boolean isKeyed() {
        return each.isEmpty();
    }

    /** Whether this event has a key. */
    public boolean isKeyed(T event) {
        return steps.isPresent() ? steps.get().isKeyed(event) : each.isEmpty();
    }

    /** Whether time alone can make results. */
    public boolean isTimed() {
        return steps.isPresent() && steps.get().isTimed();
    }

    /** Begins a graph. */
    public static Named named(String name) {
        return new Named(Names.checked("bot", name));
    }

    /** A graph with a name. */
    public record Named(String name) {
        /** The events to read. */
        public <T> Read<T> readFrom(Source<T> source) {
            return new Read<>(name, source);
        }
    }

    /** A graph with a source. */
    public record Read<T>(String name, Source<T> source) {
        /** The key of each event: events of one key take effect in order, and own the state of that key. */
        public Keyed<T> keyBy(Function<T, String> key) {
            return new Keyed<>(name, source, key, Optional.empty(), Optional.empty());
        }

        /**
         * Takes each event as it comes, without key and state: in the lane in which its producer numbered it, else in the order of its
         * shard. Nothing travels from lane to lane.
         *
         * <pre>{@code
         * Graph.named("audit").readFrom(Source.stream("orders", Order::decode))
         *         .forEach((order, arrivalMillis) -> order)
         *         .writeTo(Sink.queues(order -> List.of(new Output.Payload("orders.all", order.json()))))
         * }</pre>
         */
        public <R> Each<T, R> forEach(EventStep<T, R> step) {
            return new Each<>(this, step);
        }
    }

    /** A graph that makes results of events without keys. */
    public record Each<T, R>(Read<T> read, EventStep<T, R> step) {
        /** Where the results go. */
        public Graph<T, NoState, R> writeTo(Sink<R> sink) {
            return new Graph<>(
                    read.name,
                    read.source,
                    Graph::noKey,
                    Optional.empty(),
                    Optional.empty(),
                    NoState.TABLE,
                    _ -> List.of(),
                    Graph::noStep,
                    Optional.of(step),
                    Optional.empty(),
                    sink);
        }
    }

    /** A graph whose events have keys. */
    public record Keyed<T>(
            String name,
            Source<T> source,
            Function<T, String> key,
            Optional<IdRule<T>> ids,
            Optional<SequenceRule<T>> sequences) {

        /** Drops an event whose id was seen for the same key within the horizon. */
        public Keyed<T> dedupeBy(Function<T, Optional<String>> id, Duration horizon) {
            return new Keyed<>(
                    name, source, key, Optional.of(new IdRule<>(id, positive("horizon", horizon))), sequences);
        }

        /** Puts the events of a key in the order of their numbers 1, 2, 3, ...; a gap is passed, and reported, after the deadline. */
        public Keyed<T> orderBy(Function<T, OptionalLong> sequence, Duration deadline) {
            return new Keyed<>(
                    name, source, key, ids, Optional.of(new SequenceRule<>(sequence, positive("deadline", deadline))));
        }

        /** Maps each event to a result, with the state of its key at hand. */
        public <V, R> Mapped<T, V, R> mapWith(Table<V> table, StatefulStep<T, V, R> step) {
            return new Mapped<>(this, table, step, _ -> List.of());
        }
    }

    /** A graph that makes results. */
    public record Mapped<T, V, R>(
            Keyed<T> keyed, Table<V> table, StatefulStep<T, V, R> step, Function<T, List<String>> touching) {

        /** Names a further key that the step will touch, so that it is read ahead; without it the step reads it alone, which is slower. */
        public Mapped<T, V, R> touching(Function<T, String> key) {
            return new Mapped<>(keyed, table, step, event -> List.of(key.apply(event)));
        }

        /** Where the results go. */
        public Graph<T, V, R> writeTo(Sink<R> sink) {
            return new Graph<>(
                    keyed.name,
                    keyed.source,
                    keyed.key,
                    keyed.ids,
                    keyed.sequences,
                    table,
                    touching,
                    step,
                    Optional.empty(),
                    Optional.empty(),
                    sink);
        }
    }

    private static <T> String noKey(T event) {
        throw new IllegalStateException("events of this graph have no keys: event=" + event);
    }

    private static <T, V, R> R noStep(T event, State<V> state) {
        throw new IllegalStateException("events of this graph have no state: event=" + event + " state=" + state);
    }

    private static Duration positive(String what, Duration duration) {
        if (duration.isNegative() || duration.isZero()) {
            throw new IllegalArgumentException(what + " must be positive: " + what + "=" + duration);
        }
        return duration;
    }
}
