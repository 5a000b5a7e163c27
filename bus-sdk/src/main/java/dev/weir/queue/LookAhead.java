package dev.weir.queue;

import dev.weir.port.StoreUnavailableException;
import dev.weir.queue.LookUp.Found;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;

/**
 * One look-up that is on its way while the chunks of the one before are read. Not thread-safe; the look-up itself runs where the executor
 * wants it, or where it is taken, if it has not begun by then: so an executor of one thread cannot wait for itself.
 */
final class LookAhead {

    private record Begun(String after, FutureTask<Found> task) {}

    private final LookUp lookUp;
    private final Executor executor;
    private Optional<Begun> begun = Optional.empty();

    LookAhead(LookUp lookUp, Executor executor) {
        this.lookUp = lookUp;
        this.executor = executor;
    }

    void begin(String after, int chunksMax) {
        FutureTask<Found> task = new FutureTask<>(() -> lookUp.look(Position.beginning(), after, chunksMax));
        try {
            executor.execute(task);
            begun = Optional.of(new Begun(after, task));
        } catch (RejectedExecutionException _) {
            begun = Optional.empty(); // it is being shut down: whoever still reads looks by himself
        }
    }

    /**
     * What was found behind this id; empty if nobody looked there.
     *
     * @throws StoreUnavailableException if a store did not answer
     */
    Optional<Found> take(String after) {
        Optional<Begun> taken = begun.filter(look -> look.after().equals(after));
        begun = Optional.empty();
        return taken.map(look -> result(look.task()));
    }

    private static Found result(FutureTask<Found> task) {
        task.run(); // nothing happens if it was begun
        try {
            return task.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreUnavailableException("interrupted while waiting for chunks", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException("a look-up broke", e.getCause());
        }
    }
}
