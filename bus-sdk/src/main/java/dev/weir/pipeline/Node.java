package dev.weir.pipeline;

import dev.weir.graph.Names;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** A step of a pipeline and the steps that it takes values from. Compared by identity: the same step used twice is one step. */
abstract sealed class Node {
    final List<Node> inputs;

    /** What the user called it; null if it has no name of its own. */
    final @Nullable String name;

    private Node(@Nullable String name, List<Node> inputs) {
        this.name = name == null ? null : Names.checked("step", name);
        this.inputs = List.copyOf(inputs);
    }

    /** What it does, in a word or two. */
    abstract String verb();

    /** Where events come in. */
    static final class Source extends Node {
        final Feed<Object> feed;

        Source(Feed<Object> feed) {
            super(null, List.of());
            this.feed = feed;
        }

        @Override
        String verb() {
            return feed.origin().map(Origin::verb).orElse(feed.kind() == Feed.Kind.STREAM ? "stream" : "queue");
        }
    }

    /** A function of one value, and of its key if it has one, that answers one value at most, else {@link #NOTHING}. */
    interface ToOne {
        Object NOTHING = new Object();

        Object apply(@Nullable String key, Object value);
    }

    /** Makes of each value one at most. */
    static final class One extends Node {
        final String verb;
        final ToOne function;

        One(String verb, Node input, ToOne function) {
            super(null, List.of(input));
            this.verb = verb;
            this.function = function;
        }

        @Override
        String verb() {
            return verb;
        }
    }

    /** Makes of each value none, one or many. */
    static final class Many extends Node {
        final Function<Object, Iterable<Object>> function;

        Many(Node input, Function<Object, Iterable<Object>> function) {
            super(null, List.of(input));
            this.function = function;
        }

        @Override
        String verb() {
            return "flat map";
        }
    }

    /** Lets values of several steps through. */
    static final class Merge extends Node {
        Merge(List<Node> inputs) {
            super(null, inputs);
        }

        @Override
        String verb() {
            return "merge";
        }
    }

    /** Says when what a value tells of happened. */
    static final class EventTime extends Node {
        final ToLongFunction<Object> millis;

        EventTime(Node input, ToLongFunction<Object> millis) {
            super(null, List.of(input));
            this.millis = millis;
        }

        @Override
        String verb() {
            return "event time";
        }
    }

    /** Gives values a key. */
    static final class KeyBy extends Node {
        final Function<Object, String> key;

        /** Writes values that travel; null if they cannot. */
        final @Nullable Codec<Object> codec;

        final KeyRules rules;

        KeyBy(
                @Nullable String name,
                Node input,
                Function<Object, String> key,
                @Nullable Codec<Object> codec,
                KeyRules rules) {
            super(name, List.of(input));
            this.key = key;
            this.codec = codec;
            this.rules = rules;
        }

        @Override
        String verb() {
            return "key";
        }
    }

    /** Puts to each value what a lookup finds. */
    static final class Enrich extends Node {
        final Lookup<Object, Object> lookup;
        final BiFunction<Object, Optional<Object>, Object> function;
        private final Function<Object, Object> key;

        Enrich(
                String name,
                Node input,
                Function<Object, Object> key,
                Lookup<Object, Object> lookup,
                BiFunction<Object, Optional<Object>, Object> function) {
            super(name, List.of(input));
            this.key = key;
            this.lookup = lookup;
            this.function = function;
        }

        Object keyOf(Object value) {
            return Objects.requireNonNull(
                    key.apply(value), "the key of a lookup is null: filter such values out before");
        }

        @Override
        String verb() {
            return "enrich";
        }
    }

    /** Keeps state of each key. */
    static final class Stateful extends Node {
        final String stateName;
        final Operator operator;

        Stateful(String name, List<Node> inputs, Operator operator) {
            super(name, inputs);
            this.stateName = name;
            this.operator = operator;
        }

        @Override
        String verb() {
            return operator.verb();
        }
    }

    /** Where results leave. */
    static final class End extends Node {
        final To<Object> to;

        End(Node input, To<Object> to) {
            super(null, List.of(input));
            this.to = to;
        }

        @Override
        String verb() {
            return switch (to) {
                case To.OwnQueue<Object> _, To.SharedQueue<Object> _, To.Nothing<Object> _ -> "write";
                case To.Stream<Object> _ -> "put";
                case To.Rows<Object> _ -> "rows";
                case To.Call<Object> _ -> "call";
                case To.Files<Object> _ -> "files";
            };
        }
    }
}
