package dev.weir.queue;

import dev.weir.model.Json;
import dev.weir.wire.JsonCursor;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** An expression over an event; see {@link Query} for how it is written. Immutable. */
public sealed interface Expression {

    /** What the expression is for an event. */
    Value value(QueueEvent event);

    /** A value that is written out. */
    record Literal(Value literal) implements Expression {
        @Override
        public Value value(QueueEvent event) {
            return literal;
        }
    }

    /**
     * A way into the payload, or into the whole line.
     *
     * @param steps names of fields as {@link String}, places in arrays as {@link Integer}
     */
    record Path(boolean ofLine, List<Object> steps) implements Expression {
        @Override
        public Value value(QueueEvent event) {
            Json at = ofLine ? event.line() : event.payload();
            for (Object step : steps) {
                Json found = step instanceof Integer place ? element(at, place) : field(at, String.valueOf(step));
                if (found == null) {
                    return Value.nothing();
                }
                at = found;
            }
            return Value.of(at);
        }

        /** Of a field that is there twice the last counts, as everywhere. */
        private static @Nullable Json field(Json json, String name) {
            JsonCursor cursor = new JsonCursor();
            cursor.reset(json);
            Json found = null;
            if (cursor.enterObject()) {
                while (cursor.nextField()) {
                    if (Objects.equals(cursor.fieldName(), name)) {
                        found = cursor.raw();
                    }
                }
            }
            return found;
        }

        private static @Nullable Json element(Json json, int place) {
            JsonCursor cursor = new JsonCursor();
            cursor.reset(json);
            if (cursor.enterArray()) {
                for (int i = 0; cursor.nextElement(); i++) {
                    if (i == place) {
                        return cursor.raw();
                    }
                }
            }
            return null;
        }
    }

    /** How two values are compared. */
    enum Comparison {
        EQUAL,
        NOT_EQUAL,
        BELOW,
        AT_MOST,
        ABOVE,
        AT_LEAST;

        boolean holds(Value left, Value right) {
            OptionalInt order = left.compare(right);
            return switch (this) {
                case EQUAL -> left.isSame(right);
                case NOT_EQUAL -> !left.isSame(right);
                case BELOW -> order.isPresent() && order.getAsInt() < 0;
                case AT_MOST -> order.isPresent() && order.getAsInt() <= 0;
                case ABOVE -> order.isPresent() && order.getAsInt() > 0;
                case AT_LEAST -> order.isPresent() && order.getAsInt() >= 0;
            };
        }
    }

    /** A comparison of two values. */
    record Compared(Expression left, Comparison comparison, Expression right) implements Expression {
        @Override
        public Value value(QueueEvent event) {
            return new Value.Flag(comparison.holds(left.value(event), right.value(event)));
        }
    }

    /** Whether a text has a part that is like a regular expression. */
    record Like(Expression text, Pattern pattern) implements Expression {
        @Override
        public Value value(QueueEvent event) {
            return new Value.Flag(text.value(event) instanceof Value.Text(String found)
                    && pattern.matcher(found).find());
        }
    }

    /** All hold. */
    record All(List<Expression> parts) implements Expression {
        @Override
        public Value value(QueueEvent event) {
            return new Value.Flag(
                    parts.stream().allMatch(part -> part.value(event).isTrue()));
        }
    }

    /** One holds. */
    record Any(List<Expression> parts) implements Expression {
        @Override
        public Value value(QueueEvent event) {
            return new Value.Flag(
                    parts.stream().anyMatch(part -> part.value(event).isTrue()));
        }
    }

    /** It does not hold. */
    record Not(Expression part) implements Expression {
        @Override
        public Value value(QueueEvent event) {
            return new Value.Flag(!part.value(event).isTrue());
        }
    }
}
