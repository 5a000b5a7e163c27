package dev.weir.flow;

import dev.weir.model.Step;
import java.util.Map;
import java.util.OptionalLong;

/**
 * What a spine did since it was last asked, and how the lanes stand that were at work. Immutable.
 *
 * @param counts what became of events: of those that are committed, so that a batch that comes again is not counted twice
 * @param parked how many events were parked, by the step at which they were
 * @param commits transactions that were written
 * @param items that they wrote, changed or removed
 * @param conflicts how often a commit had to be tried again: others had moved what it moves, the store refused it, or gave no answer
 * @param fenced how often a lane stopped because another copy has it
 * @param held events that wait for their predecessors
 * @param heldSinceMillis since when the first of them waits, in milliseconds since the epoch; empty if none waits
 * @param unsent items of the outbox that are still to be sent
 * @param isRogue whether the bot is stopped because its code failed for too many keys
 */
public record Tally(
        Counts counts,
        Map<Step, Long> parked,
        long commits,
        long items,
        long conflicts,
        long fenced,
        long held,
        OptionalLong heldSinceMillis,
        long unsent,
        boolean isRogue) {

    public Tally {
        parked = Map.copyOf(parked);
    }
}
