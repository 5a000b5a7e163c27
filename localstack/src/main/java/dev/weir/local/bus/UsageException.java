package dev.weir.local.bus;

/** A mistake of the user: said in one line, without a stack trace; exit code 2. */
public final class UsageException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public UsageException(String message) {
        super(message);
    }
}
