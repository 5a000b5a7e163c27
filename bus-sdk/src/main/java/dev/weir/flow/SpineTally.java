package dev.weir.flow;

import dev.weir.model.LaneId;
import dev.weir.model.Step;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;

/** What the lanes of one copy did since somebody last asked. Thread-safe: lanes run side by side. */
final class SpineTally {

    /** How a lane stood when it had ended its run. */
    private record Standing(long held, OptionalLong sinceMillis, long unsent) {}

    private final Map<LaneId, Standing> standings = new HashMap<>();
    private final Map<Step, Long> parked = new EnumMap<>(Step.class);
    private Counts counts = new Counts();
    private long commits;
    private long items;
    private long conflicts;
    private long fenced;

    synchronized void add(
            Counts more, Map<Step, Long> moreParked, long moreCommits, long moreItems, long moreConflicts) {
        counts.addAll(more);
        moreParked.forEach((step, n) -> parked.merge(step, n, Long::sum));
        commits += moreCommits;
        items += moreItems;
        conflicts += moreConflicts;
    }

    synchronized void stands(LaneId id, Lane<?, ?> lane) {
        long held = lane.held.events();
        OptionalLong since = held == 0
                ? OptionalLong.empty()
                : lane.held.oldest().stream()
                        .mapToLong(entry -> entry.sinceMillis)
                        .findFirst();
        standings.put(id, new Standing(held, since, lane.unsent.size()));
    }

    synchronized void fenced() {
        fenced++;
    }

    synchronized Tally take(boolean isRogue) {
        Tally tally = new Tally(
                counts,
                parked,
                commits,
                items,
                conflicts,
                fenced,
                standings.values().stream().mapToLong(Standing::held).sum(),
                standings.values().stream()
                        .flatMapToLong(lane -> lane.sinceMillis().stream())
                        .min(),
                standings.values().stream().mapToLong(Standing::unsent).sum(),
                isRogue);
        counts = new Counts();
        parked.clear();
        standings.clear();
        commits = 0;
        items = 0;
        conflicts = 0;
        fenced = 0;
        return tally;
    }
}
