package dev.weir.port;

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

    Condition ALWAYS = new Always();
    Condition ABSENT = new Absent();
}
