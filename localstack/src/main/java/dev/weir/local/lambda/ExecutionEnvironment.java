package dev.weir.local.lambda;

import dev.weir.local.mapping.FunctionErrorException;

/** One instance of a function, as Lambda keeps them: one call at a time, used again while it is healthy. */
interface ExecutionEnvironment extends AutoCloseable {

    byte[] invoke(byte[] event) throws FunctionErrorException;

    /** Whether it may be called again. */
    boolean reusable();

    /** Ends it at once, a running call included. */
    @Override
    void close();
}
