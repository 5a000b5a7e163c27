package dev.weir.port;

/** How a put of an object ended. An expected refusal is a value here and never an exception. */
public sealed interface ObjectOutcome {

    /** The object is durable, and every reader finds it. */
    record Stored() implements ObjectOutcome {}

    /**
     * The key has an object, it was to be kept, and nothing was stored. After an {@link Unknown} it may be one's own: read it to know.
     */
    record AlreadyThere() implements ObjectOutcome {}

    /**
     * Nothing was stored, for a reason that passes: throttling, or a conflict with another write of the key. Put it again.
     *
     * @param reason for the log: the store's own code
     */
    record Refused(String reason) implements ObjectOutcome {}

    /**
     * No answer came (a time-out, a broken connection, a server error): the whole object is stored or nothing is.
     *
     * @param reason for the log
     */
    record Unknown(String reason) implements ObjectOutcome {}

    ObjectOutcome STORED = new Stored();

    ObjectOutcome ALREADY_THERE = new AlreadyThere();
}
