package dev.weir.local.mapping;

/** What became of a batch that was given to the function. */
public enum Outcome {
    /** All of it is done. */
    DONE,
    /** The records before the lowest failed one are done; the rest is tried again. */
    PARTLY_DONE,
    /** All of it is tried again after a pause. */
    RETRIED,
    /** It failed and was split in two; the halves are tried at once, the first one first. */
    BISECTED,
    /** It failed for the last time; what is not done goes to the failure destination. */
    EXHAUSTED,
    /** The function could not be called; that does not count as an attempt. */
    NOT_INVOKED
}
