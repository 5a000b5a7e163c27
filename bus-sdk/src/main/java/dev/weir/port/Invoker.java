package dev.weir.port;

/** Starts functions and does not wait for them. Thread-safe. */
public interface Invoker {

    /** Most bytes of what a function is given. Source: Lambda, quotas, asynchronous invocations. */
    int PAYLOAD_BYTES_MAX = 256 * 1024;

    /**
     * Starts one run of a function. Never throws for what can happen on the way; never repeats by itself. The function may be started more
     * than once for one call, and late: who is started must be able to tell.
     *
     * @param function its name
     * @param payload JSON, at most {@link #PAYLOAD_BYTES_MAX}; not copied
     */
    InvokeOutcome invoke(String function, byte[] payload);
}
