package dev.weir.functions.ingest;

/** A line cannot be used; it is refused with this reason. Never leaves the package. */
final class UnusableException extends Exception {
    private static final long serialVersionUID = 1;

    UnusableException(String reason) {
        super(reason, null, false, false);
    }

    String reason() {
        return String.valueOf(getMessage());
    }
}
