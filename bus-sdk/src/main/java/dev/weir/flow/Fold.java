package dev.weir.flow;

import dev.weir.graph.Graph;
import dev.weir.model.Json;
import dev.weir.port.Attribute;
import dev.weir.port.Condition;
import dev.weir.port.Item;
import dev.weir.port.Items;
import dev.weir.port.Key;
import dev.weir.port.Time;
import dev.weir.port.Write;
import dev.weir.port.WriteOutcome;
import java.util.ArrayList;
import java.util.List;

/**
 * Brings the rows of a lane's state up to date with its journal, so that the journal stays short. Not on the way of an event: the journal
 * is the truth until the rows have it. Thread-safe.
 *
 * <p>A row is written on condition that its version is below the one written: a stale function that folds late cannot undo a newer fold.
 */
final class Fold<T, V> {
    private static final int TRIES_MAX = 5;

    private final Graph<T, V, ?> graph;
    private final Bus bus;
    private final Items items;
    private final Time time;

    Fold(Graph<T, V, ?> graph, Bus bus, Items items, Time time) {
        this.graph = graph;
        this.bus = bus;
        this.items = items;
        this.time = time;
    }

    /**
     * Does a share of the work, after a commit: as much as keeps up with what commits add, so that no batch waits for a whole fold. If
     * rows cannot be written, the journal stays and a later share does it.
     *
     * @param changed how many keys the commit changed
     */
    void advance(Lane<T, V> lane, int changed) {
        if (lane.folding.isEmpty() && isDue(lane)) {
            lane.folding.addAll(lane.slots.changedSince(lane.journalFrom));
            lane.foldingTo = lane.fence;
            lane.journalBytesAhead = 0;
        }
        boolean begun = lane.foldingTo >= lane.journalFrom;
        if (begun && writeRows(lane, Math.max(Limits.FOLD_ROWS, 2 * changed)) && lane.folding.isEmpty()) {
            lane.journalFrom = lane.foldingTo + 1;
            lane.journalBytes = lane.journalBytesAhead;
        }
        lane.slots.shrink(lane.journalFrom);
    }

    private static boolean isDue(Lane<?, ?> lane) {
        return lane.journalBytes >= Limits.FOLD_BYTES || lane.fence - lane.journalFrom + 1 >= Limits.FOLD_COMMITS;
    }

    /** Writes the rows of the first slots that are being folded, as they are now; answers whether all of these were written. */
    private boolean writeRows(Lane<T, V> lane, int most) {
        List<Slot<V>> share = lane.folding.stream().limit(most).toList();
        List<Write> rows = share.stream().map(slot -> row(lane, slot)).toList();
        for (int i = 0; i < TRIES_MAX && !rows.isEmpty(); i++) {
            rows = unwritten(rows, items.writeAll(rows));
        }
        if (rows.isEmpty()) {
            share.forEach(_ -> lane.folding.removeFirst());
        }
        return rows.isEmpty();
    }

    /** Deletes journal items that the committed checkpoint no longer needs. */
    void tidy(Lane<T, V> lane) {
        if (lane.journalKept >= lane.committedJournalFrom) {
            return;
        }
        String partition = bus.partition(graph.name(), lane.id);
        String to = SortKeys.from(SortKeys.JOURNAL, lane.committedJournalFrom);
        List<Key> old = items
                .query(
                        bus.checkpoints(),
                        partition,
                        SortKeys.from(SortKeys.JOURNAL, lane.journalKept),
                        to,
                        Integer.MAX_VALUE)
                .stream()
                .map(Item::key)
                .toList();
        items.deleteAll(old);
        lane.journalKept = lane.committedJournalFrom;
    }

    private Write row(Lane<T, V> lane, Slot<V> slot) {
        Item.Builder row =
                Item.at(lane.slots.row(slot.key)).with("version", slot.version).with("updated", time.epochMillis());
        if (slot.present) {
            Json value = graph.table().codec().encode(slot.value);
            row.with("value", value.toString());
        }
        if (!slot.sequence.equals(Mark.FIRST)) {
            row.with("sequence", slot.sequence.text());
        }
        if (slot.parked > 0) {
            row.with("parked", slot.parked);
        }
        return new Write.Put(row.build(), new Condition.AbsentOrBelow("version", Attribute.of(slot.version)));
    }

    private static List<Write> unwritten(List<Write> rows, List<WriteOutcome> outcomes) {
        List<Write> rest = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            switch (outcomes.get(i)) {
                case WriteOutcome.Written _, WriteOutcome.ConditionFailed _ -> {
                    // A failed condition means that the row is as new or newer.
                }
                case WriteOutcome.Retry _, WriteOutcome.Unknown _ -> rest.add(rows.get(i));
            }
        }
        return rest;
    }
}
