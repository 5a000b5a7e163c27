package dev.weir.queue;

/** A queue cannot be read on, and the caller did not say what to do then. The message names queue, id and object. */
public final class UnreadableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnreadableException(Stop.Unreadable unreadable) {
        super(unreadable.message());
    }
}
