package dev.weir.graph;

/**
 * What a bot's code calls did not answer, and will: the event is not to blame. What the lane took before it
 * is committed; it, and what follows in its lane, comes again later. Any other exception parks the event.
 */
public final class RetryLaterException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public RetryLaterException(String message) {
        super(message);
    }

    public RetryLaterException(String message, Throwable cause) {
        super(message, cause);
    }
}
