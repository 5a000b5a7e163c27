package dev.weir.queue;

import dev.weir.model.Json;
import dev.weir.wire.JsonCursor;
import java.math.BigDecimal;
import java.util.OptionalInt;

/** A value of an expression. */
sealed interface Value {

    record Text(String text) implements Value {}

    record Decimal(BigDecimal number) implements Value {}

    record Flag(boolean flag) implements Value {}

    /** {@code null}, and what is not there. */
    record Nothing() implements Value {}

    /** An object, an array, or what cannot be read. */
    record Other(Json json) implements Value {}

    static Value nothing() {
        return new Nothing();
    }

    static Value of(Json json) {
        JsonCursor cursor = new JsonCursor();
        cursor.reset(json);
        return switch (cursor.kind()) {
            case STRING -> {
                String text = cursor.string();
                yield text == null ? new Other(json) : new Text(text);
            }
            case NUMBER -> {
                BigDecimal number = cursor.number();
                yield number == null ? new Other(json) : new Decimal(number);
            }
            case TRUE -> new Flag(true);
            case FALSE -> new Flag(false);
            case NULL -> nothing();
            case OBJECT, ARRAY, MALFORMED -> new Other(json);
        };
    }

    default boolean isTrue() {
        return switch (this) {
            case Text(String text) -> !text.isEmpty();
            case Decimal(BigDecimal number) -> number.signum() != 0;
            case Flag(boolean flag) -> flag;
            case Nothing() -> false;
            case Other(Json _) -> true;
        };
    }

    default boolean isSame(Value other) {
        return this instanceof Decimal(BigDecimal mine) && other instanceof Decimal(BigDecimal theirs)
                ? mine.compareTo(theirs) == 0
                : equals(other);
    }

    /** Empty unless both are numbers, or both texts. */
    default OptionalInt compare(Value other) {
        if (this instanceof Decimal(BigDecimal mine) && other instanceof Decimal(BigDecimal theirs)) {
            return OptionalInt.of(mine.compareTo(theirs));
        }
        if (this instanceof Text(String mine) && other instanceof Text(String theirs)) {
            return OptionalInt.of(mine.compareTo(theirs));
        }
        return OptionalInt.empty();
    }
}
