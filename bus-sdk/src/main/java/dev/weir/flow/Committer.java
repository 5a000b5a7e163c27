package dev.weir.flow;

import dev.weir.flow.Counts.Count;
import dev.weir.graph.Graph;
import dev.weir.model.CommitOutcome;
import dev.weir.port.Items;
import dev.weir.port.Key;
import dev.weir.port.Time;
import java.util.List;
import java.util.Optional;

/** A lane's commits: packs the draft, writes it, and carries what is durable over into the lane's memory. Used by one thread at a time. */
final class Committer<T, V, R> {
    private final Graph<T, V, R> graph;
    private final Bus bus;
    private final Items items;
    private final Time time;
    private final Pack<T, V, R> pack;
    private final Commit commit;
    private final Fold<T, V> fold;
    private final Contention contention;
    private final LaneTally tally;

    /** How many keys the last commit changed. */
    private int changedKeys;

    /** @param tally is told of commits */
    Committer(Graph<T, V, R> graph, Bus bus, Items items, Time time, String incarnation, LaneTally tally) {
        this.graph = graph;
        this.bus = bus;
        this.items = items;
        this.time = time;
        this.pack = new Pack<>(graph, bus, incarnation);
        this.commit = new Commit(items, time);
        this.fold = new Fold<>(graph, bus, items, time);
        this.contention = new Contention(graph.name(), bus, items, time);
        this.tally = tally;
    }

    /** Reads the bot's parked events. */
    ParkedStore parked() {
        return new ParkedStore(bus, graph.name(), items);
    }

    /** Commits the draft. After any other outcome than COMMITTED the lane's memory is worth nothing and must be loaded anew. */
    CommitOutcome commit(Lane<T, V> lane, long deadlineMillis) {
        if (lane.draft.parking().latestOf(lane.id) > lane.fence) {
            return CommitOutcome.FENCED; // it changes what a later commit of the lane parked, which was not ours
        }
        Backoff backoff = new Backoff(time, deadlineMillis);
        lane.counts.add(Count.SAME_RANGE, lane.draft.outputs().dropRepeatedRanges());
        for (int attempt = 0; ; attempt++) {
            Packed packed = pack.pack(lane, time.epochMillis(), attempt);
            contention.prepare(lane, packed);
            switch (write(lane, packed, backoff)) {
                case Commit.Result.Ended(CommitOutcome outcome) -> {
                    if (outcome == CommitOutcome.COMMITTED) {
                        changedKeys = lane.slots.changed().size();
                        tally.committed(lane, packed);
                        carryOver(lane, packed);
                    }
                    return outcome;
                }
                case Commit.Result.Contended(List<Key> keys) -> {
                    tally.conflicts(1);
                    // The first time at once: what was remembered of a head is often old. Then others are really there.
                    if (!contention.resolve(lane, keys)) {
                        return CommitOutcome.FENCED;
                    }
                    if (attempt > 0 && !backoff.pause()) {
                        return CommitOutcome.RETRY;
                    }
                }
            }
        }
    }

    private Commit.Result write(Lane<T, V> lane, Packed packed, Backoff backoff) {
        int pauses = backoff.pauses();
        try {
            return commit.write(packed, bus.checkpoint(graph.name(), lane.id), lane.fence, backoff);
        } catch (IllegalArgumentException e) {
            if (contention.isWithoutRows(lane, packed)) {
                throw e;
            }
            return new Commit.Result.Contended(List.of()); // a row that takes no more must not stop a shard
        } finally {
            tally.conflicts(backoff.pauses() - pauses);
        }
    }

    /** Work that a commit leaves for a quiet moment; none of it is needed for what was promised. */
    void tidy(Lane<T, V> lane) {
        List<Key> usedUp = lane.held.takeUsedUp().stream()
                .map(segment -> new Key(bus.checkpoints(), bus.partition(graph.name(), lane.id), segment))
                .toList();
        items.deleteAll(usedUp);
        fold.tidy(lane);
        fold.advance(lane, changedKeys);
    }

    private static <T, V> void carryOver(Lane<T, V> lane, Packed packed) {
        lane.fence++;
        lane.handover = Optional.empty();
        lane.committedJournalFrom = lane.journalFrom;
        lane.journalBytes += packed.journalBytes();
        lane.journalBytesAhead += packed.journalBytes();
        Contention.remember(lane, packed);
        lane.emitted.putAll(packed.emitted());
        lane.unsent.addAll(packed.outbox());
        lane.held.committed(packed.heldSegments());
        lane.ids.committed(packed.idsExpireMillis());
        lane.slots.committed(lane.fence);
        lane.draft.clear();
    }
}
