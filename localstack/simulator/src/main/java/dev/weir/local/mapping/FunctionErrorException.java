package dev.weir.local.mapping;

/** A function was called and did not answer: it threw, its process died, or its time was up. */
public final class FunctionErrorException extends Exception {
    private static final long serialVersionUID = 1L;

    /** The process of the function ended by itself or was killed. Name: AWS Lambda. */
    public static final String EXIT = "Runtime.ExitError";

    /** The time-out of the function has passed. Name: AWS Lambda. */
    public static final String TIMED_OUT = "Sandbox.Timedout";

    private final String errorType;

    /**
     * @param errorType as Lambda names it: the class of the exception, or {@link #EXIT} or {@link #TIMED_OUT}
     * @param message what the function said, or what happened to it
     */
    public FunctionErrorException(String errorType, String message) {
        super(errorType + ": " + message);
        this.errorType = errorType;
    }

    public String errorType() {
        return errorType;
    }
}
