package dev.weir.local.lambda;

import dev.weir.local.mapping.FunctionErrorException;
import dev.weir.local.mapping.FunctionInvoker;
import dev.weir.port.Time;
import java.util.function.Consumer;

/**
 * A function as Lambda runs it: the deployed jar in child JVMs under Lambda's own runtime interface client, one call at a time each. A child
 * that dies during a call fails it with {@link FunctionErrorException#EXIT}, one that outlives its time-out is killed; the next call gets a
 * fresh one. Children end with this JVM, however it ends. Linux only: the client has natives for nothing else.
 */
public final class IsolatedFunction implements FunctionInvoker {
    private final EnvironmentPool pool;

    /**
     * @param time for the deadline that the function is told
     * @param log takes each line that the function writes to standard output or error; called by several threads
     */
    public IsolatedFunction(FunctionSettings settings, Deployment deployment, Time time, Consumer<String> log) {
        this.pool = new EnvironmentPool(
                settings.concurrencyMax(), () -> new FunctionProcess(settings, deployment, time, log));
    }

    @Override
    public byte[] invoke(byte[] event) throws FunctionErrorException {
        return pool.invoke(event);
    }

    /** Kills every process of the function (SIGKILL). Running calls fail, the next call starts a new process. */
    public void killAll() {
        pool.killAll();
    }

    /** How many processes there are, busy and idle. */
    public int processes() {
        return pool.size();
    }

    @Override
    public void close() {
        pool.close();
    }
}
