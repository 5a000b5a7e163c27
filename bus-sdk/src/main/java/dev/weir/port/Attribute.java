package dev.weir.port;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * One attribute value of an item, in the types of DynamoDB that Weir uses.
 *
 * <p>Values are immutable; {@link Bytes} hands out its array without a copy and callers must not write to it.
 */
public sealed interface Attribute {

    /** UTF-8 text. */
    record Text(String value) implements Attribute {}

    /**
     * An exact decimal number: at most 38 significant digits, magnitude up to 9.99E+125. Equality is by value: 12.30 equals 12.3,
     * because a store keeps the value and not the scale.
     */
    record Number(BigDecimal value) implements Attribute {
        @Override
        public boolean equals(Object other) {
            return other instanceof Number number && value.compareTo(number.value) == 0;
        }

        @Override
        public int hashCode() {
            return value.stripTrailingZeros().hashCode();
        }
    }

    /** Raw bytes. Equality is by content. */
    record Bytes(byte[] value) implements Attribute {
        @Override
        public boolean equals(Object other) {
            return other instanceof Bytes bytes && Arrays.equals(value, bytes.value);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(value);
        }

        @Override
        public String toString() {
            return "Bytes[length=" + value.length + "]";
        }
    }

    /** True or false. */
    record Flag(boolean value) implements Attribute {}

    /** Attributes by name. */
    record Struct(Map<String, Attribute> value) implements Attribute {}

    /** Attributes in order. */
    record Sequence(List<Attribute> value) implements Attribute {}

    /** The explicit absence of a value (DynamoDB's NULL type). */
    record Null() implements Attribute {}

    static Attribute of(String value) {
        return new Text(value);
    }

    static Attribute of(long value) {
        return new Number(BigDecimal.valueOf(value));
    }

    static Attribute of(BigDecimal value) {
        return new Number(value);
    }

    static Attribute of(byte[] value) {
        return new Bytes(value);
    }

    static Attribute of(boolean value) {
        return new Flag(value);
    }

    static Attribute of(Map<String, Attribute> value) {
        return new Struct(value);
    }

    static Attribute of(List<Attribute> value) {
        return new Sequence(value);
    }
}
