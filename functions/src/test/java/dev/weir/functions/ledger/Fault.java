package dev.weir.functions.ledger;

/** What befalls a call. A fault that makes no sense for a call is no fault. */
enum Fault {
    NONE,
    /** A write is refused and does nothing: throttling, or a conflict. Of records, every second one is refused. */
    REFUSED,
    /** A write is done, and its answer is lost. */
    LOST_ANSWER,
    /** A write is not done, and there is no answer. */
    LOST_REQUEST,
    /** A write has no answer, and is done only when a call of this process meets {@link #LANDS}. */
    DELAYED,
    /** What was delayed is done now, and then the call goes on. */
    LANDS,
    /** A read or a delete gets no answer. */
    UNAVAILABLE,
    /** The process dies, and the call is not done. */
    KILLED_BEFORE,
    /** The call is done, and then the process dies. */
    KILLED_AFTER
}
