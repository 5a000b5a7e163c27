package dev.weir.queue;

/** A query that cannot be understood. The message says what was expected, and where. */
public final class QueryException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final int at;

    QueryException(String expected, String query, int at) {
        super("query cannot be understood: " + expected + ": at=" + at + " query=" + query);
        this.at = at;
    }

    /** Index of the character at which it stops being a query, from 0. */
    public int at() {
        return at;
    }
}
