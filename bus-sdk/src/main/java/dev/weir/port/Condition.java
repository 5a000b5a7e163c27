package dev.weir.port;

import java.util.List;

/** What must be true of the stored item, as it is just before the write, for the write to happen. */
public sealed interface Condition {

    /** No condition. */
    record Always() implements Condition {}

    /** The item does not exist. */
    record Absent() implements Condition {}

    /** The item exists and the attribute has exactly this value. */
    record Equal(String attribute, Attribute value) implements Condition {}

    /**
     * The attribute (or the item) does not exist, or it has the same type and is strictly below the value: numbers by value,
     * text by its UTF-8 bytes.
     */
    record AbsentOrBelow(String attribute, Attribute value) implements Condition {}

    /** There is nothing at the path: no item, no attribute, or something on the way that is missing or no map. */
    record AbsentAt(Path path) implements Condition {}

    /** There is a value of the same type at the path, and it compares so with the given one. */
    record ComparedAt(Path path, Comparison comparison, Attribute value) implements Condition {}

    /** All of them hold. */
    record AllOf(List<Condition> conditions) implements Condition {
        public AllOf {
            conditions = List.copyOf(conditions);
        }
    }

    /** At least one of them holds. */
    record AnyOf(List<Condition> conditions) implements Condition {
        public AnyOf {
            conditions = List.copyOf(conditions);
        }
    }

    /** How a stored value compares with a given one: numbers by value, text by its UTF-8 bytes, bytes as unsigned. */
    enum Comparison {
        /** The same; for values of every type. */
        EQUAL,
        /** Strictly below; for text, numbers and bytes. */
        BELOW,
        /** Below or the same; for text, numbers and bytes. */
        AT_MOST
    }

    Condition ALWAYS = new Always();
    Condition ABSENT = new Absent();

    static Condition absent(Path path) {
        return new AbsentAt(path);
    }

    static Condition equal(Path path, Attribute value) {
        return new ComparedAt(path, Comparison.EQUAL, value);
    }

    static Condition below(Path path, Attribute value) {
        return new ComparedAt(path, Comparison.BELOW, value);
    }

    static Condition atMost(Path path, Attribute value) {
        return new ComparedAt(path, Comparison.AT_MOST, value);
    }

    /** All of 1 to {@link ItemLimits#CONDITIONS_MAX}; none of them {@link #ALWAYS}. */
    static Condition allOf(Condition... conditions) {
        return new AllOf(List.of(conditions));
    }

    /** At least one of 1 to {@link ItemLimits#CONDITIONS_MAX}; none of them {@link #ALWAYS}. */
    static Condition anyOf(Condition... conditions) {
        return new AnyOf(List.of(conditions));
    }
}
