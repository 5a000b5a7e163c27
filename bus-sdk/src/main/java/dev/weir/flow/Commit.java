package dev.weir.flow;

import dev.weir.model.CommitOutcome;
import dev.weir.port.Item;
import dev.weir.port.Items;
import dev.weir.port.Key;
import dev.weir.port.StoreUnavailableException;
import dev.weir.port.Time;
import dev.weir.port.WriteOutcome;
import java.util.List;
import java.util.Optional;

/**
 * Step 50-commit: one transaction, until it is durable, fenced or out of time. Thread-safe.
 *
 * <p>An answer that says "a condition failed", or that never came, proves nothing by itself: an earlier try of the same transaction may
 * have been written. The checkpoint names its last commit; that decides.
 */
final class Commit {
    private final Items items;
    private final Time time;

    Commit(Items items, Time time) {
        this.items = items;
        this.time = time;
    }

    /** What came of a commit. */
    sealed interface Result {

        /** It ended. */
        record Ended(CommitOutcome outcome) implements Result {}

        /**
         * Nothing was written, and nobody has the lane: somebody moved the head of a queue that others write too, or an item that the commit
         * needs is not as it should be. With other ids it may succeed. As it is it can hardly land any more; if it does all the same, it is
         * another commit than the one that follows.
         *
         * @param keys whose conditions failed
         */
        record Contended(List<Key> keys) implements Result {}
    }

    /** The same with a deadline of its own: milliseconds since the epoch. */
    Result write(Packed packed, Key checkpoint, long loadedFence, long deadlineMillis) {
        return write(packed, checkpoint, loadedFence, new Backoff(time, deadlineMillis));
    }

    /**
     * @param checkpoint the lane's checkpoint item
     * @param loadedFence the fence that the transaction is conditional on
     * @param backoff until when to try
     */
    Result write(Packed packed, Key checkpoint, long loadedFence, Backoff backoff) {
        do {
            try {
                switch (items.transact(packed.writes())) {
                    case WriteOutcome.Written _ -> {
                        return new Result.Ended(CommitOutcome.COMMITTED);
                    }
                    case WriteOutcome.ConditionFailed(List<Key> keys) -> {
                        return keys.contains(checkpoint)
                                ? new Result.Ended(lookUp(packed, checkpoint))
                                : new Result.Contended(keys);
                    }
                    case WriteOutcome.Unknown _ -> {
                        if (lookUp(packed, checkpoint, loadedFence) instanceof Found(CommitOutcome outcome)) {
                            return new Result.Ended(outcome);
                        }
                    }
                    case WriteOutcome.Retry _ -> {}
                }
            } catch (StoreUnavailableException _) {
                // The look-up got no answer either: try again, the conditions make it safe.
            }
        } while (backoff.pause());
        return new Result.Ended(CommitOutcome.RETRY);
    }

    /** After a failed condition: ours was written by an earlier try, or we are stale. */
    private CommitOutcome lookUp(Packed packed, Key checkpoint) {
        return isOurs(items.get(checkpoint), packed) ? CommitOutcome.COMMITTED : CommitOutcome.FENCED;
    }

    /** After no answer: written, overtaken, or neither. */
    private LookedUp lookUp(Packed packed, Key checkpoint, long loadedFence) {
        Optional<Item> stored = items.get(checkpoint);
        if (isOurs(stored, packed)) {
            return new Found(CommitOutcome.COMMITTED);
        }
        long storedFence = stored.map(item -> item.integer("fence")).orElse(0L);
        return storedFence == loadedFence ? new NotYet() : new Found(CommitOutcome.FENCED);
    }

    private static boolean isOurs(Optional<Item> stored, Packed packed) {
        return stored.isPresent() && stored.get().text("commit").equals(packed.commitId());
    }

    private sealed interface LookedUp {}

    private record Found(CommitOutcome outcome) implements LookedUp {}

    private record NotYet() implements LookedUp {}
}
