package dev.weir.port;

/** One change within an item, which leaves all that lies beside it as it is. */
public sealed interface Edit {

    Path path();

    /** Puts the value there, whatever was there. */
    record Set(Path path, Attribute value) implements Edit {}

    /** Puts the value there if nothing is there, also no {@link Attribute.Null}. */
    record SetIfAbsent(Path path, Attribute value) implements Edit {}

    /** Takes away what is there; succeeds if there is nothing. */
    record Remove(Path path) implements Edit {}

    /** Adds to the number that is there; nothing counts as zero. */
    record Add(Path path, long amount) implements Edit {}
}
