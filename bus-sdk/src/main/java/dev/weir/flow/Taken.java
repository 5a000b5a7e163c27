package dev.weir.flow;

import dev.weir.model.SequenceNumber;
import java.util.Map;
import java.util.Optional;

/**
 * How far the entries of queues were taken.
 *
 * @param firstUndone of each queue that is not wholly done, by the id of its shard, the number of the first event that must come again;
 *     what is before it is committed in all lanes of this copy
 * @param stop why it ended early; empty if all is done
 */
public record Taken(Map<String, SequenceNumber> firstUndone, Optional<Stop> stop) {

    /** Nothing must come again. */
    public static final Taken ALL = new Taken(Map.of(), Optional.empty());

    /** Why not everything was taken, the gravest reason last. */
    public enum Stop {
        /** The time is up, or a store does not answer. */
        RETRY,
        /** Another copy has a lane. */
        FENCED,
        /** Another version of the bot serves a lane: {@link Spine#refusal} says which. */
        REFUSED,
        /** The bot is paused, because its code failed for too many keys. */
        PAUSED
    }

    public Taken {
        firstUndone = Map.copyOf(firstUndone);
    }

    /** Whether nothing must come again. */
    public boolean isAll() {
        return stop.isEmpty();
    }
}
