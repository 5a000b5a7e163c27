package dev.weir.local.lambda;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.weir.local.mapping.FunctionErrorException;
import dev.weir.local.mapping.FunctionInvoker;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A function in this JVM, for speed and for a debugger. Each execution environment is a handler of its own and is called by one thread at a
 * time, as on Lambda.
 *
 * <p>A call that outlives its time-out fails and its handler is not used again, but its thread cannot be stopped: it may go on writing. That
 * is the zombie that fences are for; on Lambda it is a frozen environment that thaws. Use {@link IsolatedFunction} where it must be dead.
 */
public final class InProcessFunction implements FunctionInvoker {
    private final FunctionSettings settings;
    private final Consumer<String> log;
    private final EnvironmentPool pool;

    /**
     * @param handlers makes the handler of a new execution environment; what it does is Lambda's init phase
     * @param log takes each line the function logs; called by several threads
     */
    public InProcessFunction(
            FunctionSettings settings, Supplier<? extends RequestStreamHandler> handlers, Consumer<String> log) {
        this.settings = settings;
        this.log = log;
        this.pool = new EnvironmentPool(settings.concurrencyMax(), () -> new Environment(handlers.get()));
    }

    @Override
    public byte[] invoke(byte[] event) throws FunctionErrorException {
        return pool.invoke(event);
    }

    @Override
    public void close() {
        pool.close();
    }

    /** Forgets the handlers, as Lambda does with idle environments; the next call of each begins with init. Running calls fail. */
    public void killAll() {
        pool.killAll();
    }

    private final class Environment implements ExecutionEnvironment {
        private final RequestStreamHandler handler;
        private final AtomicBoolean healthy = new AtomicBoolean(true);
        private final CompletableFuture<byte[]> killed = new CompletableFuture<>();

        Environment(RequestStreamHandler handler) {
            this.handler = handler;
        }

        @Override
        public byte[] invoke(byte[] event) throws FunctionErrorException {
            String requestId = UUID.randomUUID().toString();
            var answer = new CompletableFuture<byte[]>();
            Thread.ofVirtual().name(settings.name() + "-" + requestId).start(() -> run(event, requestId, answer));
            try {
                return (byte[]) CompletableFuture.anyOf(answer, killed)
                        .get(settings.timeout().toMillis(), TimeUnit.MILLISECONDS);
            } catch (ExecutionException e) {
                throw failure(e.getCause() == null ? e : e.getCause());
            } catch (TimeoutException e) {
                healthy.set(false);
                throw settings.timedOut(requestId);
            } catch (InterruptedException e) {
                healthy.set(false);
                Thread.currentThread().interrupt();
                throw new FunctionErrorException(
                        FunctionErrorException.EXIT, "RequestId: " + requestId + " Error: the caller was interrupted");
            }
        }

        private void run(byte[] event, String requestId, CompletableFuture<byte[]> answer) {
            long deadline = System.nanoTime() + settings.timeout().toNanos();
            var context = new InProcessContext(settings, requestId, deadline, System::nanoTime, log);
            var out = new ByteArrayOutputStream();
            try {
                handler.handleRequest(new ByteArrayInputStream(event), out, context);
                answer.complete(out.toByteArray());
            } catch (Throwable e) {
                // an Error of the handler too is the function's failure, not ours
                answer.completeExceptionally(e);
            }
        }

        private FunctionErrorException failure(Throwable cause) {
            if (cause instanceof FunctionErrorException error) {
                return error;
            }
            return new FunctionErrorException(cause.getClass().getName(), String.valueOf(cause.getMessage()));
        }

        @Override
        public boolean reusable() {
            return healthy.get();
        }

        @Override
        public void close() {
            healthy.set(false);
            killed.completeExceptionally(
                    new FunctionErrorException(FunctionErrorException.EXIT, "the environment was ended"));
        }
    }
}
