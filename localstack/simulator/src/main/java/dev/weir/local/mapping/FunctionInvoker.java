package dev.weir.local.mapping;

/** Calls a function and waits for its answer (Lambda's invocation type RequestResponse). Thread-safe. */
public interface FunctionInvoker extends AutoCloseable {

    /**
     * Calls the function.
     *
     * @param event JSON
     * @return the answer: JSON, or nothing
     * @throws FunctionErrorException if the function ran and failed, died or timed out
     * @throws IllegalStateException if it could not be called at all; calling again later is right
     */
    byte[] invoke(byte[] event) throws FunctionErrorException;

    /** Ends what was started for the function; calls that run fail. */
    @Override
    default void close() {}
}
