package dev.weir.flow;

import dev.weir.model.Step;
import java.util.EnumMap;
import java.util.Map;

/**
 * What the run of one lane did. It is told once for each commit, and never for an event, so that the way of an event does not become longer.
 * Used by one thread at a time.
 */
final class LaneTally {
    private final Map<Step, Long> parked = new EnumMap<>(Step.class);
    private Counts told;
    private Counts committed;
    private long commits;
    private long items;
    private long conflicts;

    /** @param counts of the lane, before the run */
    LaneTally(Counts counts) {
        this.told = counts.copy();
        this.committed = told;
    }

    /** The draft of the lane was written, and is still there. */
    void committed(Lane<?, ?> lane, Packed packed) {
        committed = lane.counts.copy();
        commits++;
        items += packed.writes().size();
        for (Draft.Parked event : lane.draft.parked()) {
            parked.merge(event.step(), 1L, Long::sum);
        }
    }

    /** A commit has to be tried again. */
    void conflicts(long times) {
        conflicts += times;
    }

    /** Nothing is left to be committed: what was counted since the last commit, like what came twice, is as sure as that. */
    void done(Counts counts) {
        committed = counts.copy();
    }

    /** Adds what was not told yet. */
    void tell(SpineTally to) {
        to.add(committed.since(told), parked, commits, items, conflicts);
        told = committed;
        parked.clear();
        commits = 0;
        items = 0;
        conflicts = 0;
    }
}
