package dev.weir.port;

/** What became of the start of a function. */
public sealed interface InvokeOutcome {

    /** It will run. */
    record Accepted() implements InvokeOutcome {}

    /**
     * It will not run: it does not exist, may not be called, or there is no room for it now.
     *
     * @param reason for people: the service's own words
     */
    record Refused(String reason) implements InvokeOutcome {}

    /**
     * No answer came: it may run or not.
     *
     * @param reason for people
     */
    record Unknown(String reason) implements InvokeOutcome {}

    InvokeOutcome ACCEPTED = new Accepted();
}
