package dev.weir.writer;

/**
 * The thread was interrupted while it waited for the writer. Its interrupt flag is set again. The writer itself goes on: what was put before
 * is still being sent, and the call may be made again.
 */
public final class WriterInterruptedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    WriterInterruptedException(String message, InterruptedException cause) {
        super(message, cause);
    }
}
