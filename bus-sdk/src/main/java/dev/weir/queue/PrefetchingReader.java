package dev.weir.queue;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;

/**
 * Reads the next page while the caller works on the last one, and looks up the chunks behind it while it is read. One page is ahead at most,
 * and one look-up, so memory is that of two pages and two look-ups.
 *
 * <p>Nothing is read ahead behind an end or behind what cannot be read: there the next look is the caller's. Not thread-safe; between calls
 * the executor alone uses the reader, and nobody else may.
 */
public final class PrefetchingReader implements EventReader {

    private final EventReader reader;
    private final Executor executor;
    private Map<String, Position> positions;
    private Optional<CompletableFuture<Page>> ahead = Optional.empty();

    /**
     * @param reader where pages come from; from now on it is used by this reader alone
     * @param executor runs one read and, of a reader of one queue, one look-up at a time; with a single thread they take turns
     */
    public PrefetchingReader(EventReader reader, Executor executor) {
        this.reader = reader;
        this.executor = executor;
        this.positions = reader.positions();
        if (reader instanceof QueueReader one) {
            one.lookAhead(executor);
        }
    }

    /** The next page; one that was read ahead has the limits of the call before. */
    @Override
    public Page next(ReadLimits limits) {
        Optional<CompletableFuture<Page>> begun = ahead;
        ahead = Optional.empty();
        Page page = begun.isPresent() ? join(begun.get()) : reader.next(limits);
        positions = reader.positions();
        if (!page.isEnd() && !(page.stop() instanceof Stop.Unreadable)) {
            ahead = Optional.of(CompletableFuture.supplyAsync(() -> reader.next(limits), executor));
        }
        return page;
    }

    /** A store that did not answer lost nothing: the next call reads again. */
    private static Page join(CompletableFuture<Page> begun) {
        try {
            return begun.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw e;
        }
    }

    @Override
    public Map<String, Position> positions() {
        return positions;
    }

    @Override
    public void passOver(Stop.Unreadable unreadable) {
        reader.passOver(unreadable);
        positions = reader.positions();
    }
}
