package dev.weir.flow;

import dev.weir.model.Eid;
import dev.weir.model.LaneId;
import dev.weir.port.Item;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * One lane of one bot in memory: its checkpoint as last committed, its state, and the draft of its next commit. Loaded once and kept
 * while the function is warm; the fence proves at each commit that nobody else was here. Thrown away as soon as a commit does not
 * succeed. Used by one thread at a time.
 */
final class Lane<T, V> {
    final LaneId id;
    final Slots<V> slots;
    final Positions positions;
    final Marks marks;
    final Counts counts;
    final StateTypes steps;
    final Held<T> held = new Held<>();
    final IdWindow ids = new IdWindow();
    final Draft draft = new Draft();

    /** Next number of what this lane sends to each lane. */
    final TreeMap<Route, Long> emitted;

    /** Last eid of each queue that this lane writes, by physical queue name. */
    final Map<String, Eid> heads = new TreeMap<>();

    /** What was last seen of the heads of snapshots and archives, by physical queue name: they are not ids alone. */
    final Map<String, SideHead> sideHeads = new TreeMap<>();

    /** Bots whose rows are known to exist. */
    final Set<String> rowsKnown = new HashSet<>();

    /** Bots whose rows cannot be written: commits go without their write checkpoints. */
    final Set<String> rowless = new HashSet<>();

    /** Committed outbox items that were not yet sent, oldest first. */
    final List<Item> unsent = new ArrayList<>();

    /** Scopes that hold what is ready, because the process that released it stopped half-way. */
    final Set<Scope> unfinishedReleases = new LinkedHashSet<>();

    /** Which version serves the lane from the next commit on. */
    Serving serving = Serving.ANYBODY;

    /** Set if the next commit is the first of its version. */
    Optional<Handover> handover = Optional.empty();

    /** Number of commits so far. The next commit is conditional on it. */
    long fence;

    /** Fence of the oldest commit whose changes may not be in the rows. */
    long journalFrom;

    /** {@link #journalFrom} as the stored checkpoint has it. */
    long committedJournalFrom;

    /** Oldest journal item that may still exist. */
    long journalKept;

    /** Bytes of the journal since {@link #journalFrom}. */
    long journalBytes;

    /** What the fold under way has still to write; empty if there is none. */
    final Deque<Slot<V>> folding = new ArrayDeque<>();

    /** Fence up to which the fold under way brings the rows, and bytes of the journal after that. */
    long foldingTo;

    long journalBytesAhead;

    Lane(
            LaneId id,
            Slots<V> slots,
            Positions positions,
            Marks marks,
            Counts counts,
            StateTypes steps,
            TreeMap<Route, Long> emitted,
            long fence,
            long journalFrom) {
        this.id = id;
        this.slots = slots;
        this.positions = positions;
        this.marks = marks;
        this.counts = counts;
        this.steps = steps;
        this.emitted = emitted;
        this.fence = fence;
        this.journalFrom = journalFrom;
        this.committedJournalFrom = journalFrom;
        this.journalKept = journalFrom;
    }

    /** An upper bound of the bytes of the next commit, before compression. */
    long draftBytes() {
        return draft.bytes()
                + slots.draftBytes()
                + held.freshBytes()
                + 16L * ids.fresh().size();
    }

    /** Whether the next commit has room for this many bytes more. */
    boolean hasRoomFor(long bytes) {
        long ahead = draftBytes() + bytes;
        return ahead <= Limits.COMMIT_BYTES_MAX
                && parkedItems() < Limits.COMMIT_PARKED_MAX
                && draftItems() + ahead / Limits.COMMIT_BYTES_PER_ITEM <= Limits.COMMIT_ITEMS_MAX;
    }

    /** Items of parked events that the next commit writes, changes or removes. */
    private int parkedItems() {
        return draft.parked().size() + draft.parking().changes().size();
    }

    /** An upper bound of the items of the next commit, but for those that come from cutting what is long. */
    private int draftItems() {
        return Limits.COMMIT_ITEMS_BASE + parkedItems() + draft.outputs().items();
    }
}
