package dev.weir.flow;

import dev.weir.model.Eid;
import dev.weir.port.Item;
import dev.weir.port.Write;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One commit, ready to be sent, and what the lane has to know once it is durable.
 *
 * @param commitId names the commit in the checkpoint, so that a lost answer can be looked up
 * @param writes checkpoint first
 * @param outbox the outbox items among the writes
 * @param heads new heads of the queues written
 * @param sideHeads new heads of the snapshots and archives written
 * @param emitted next number on each way after this commit
 * @param heldSegments segment of each fresh held entry, in order
 * @param journalBytes compressed bytes of the journal items
 * @param idsExpireMillis when the ids of this commit are forgotten
 */
record Packed(
        String commitId,
        List<Write> writes,
        List<Item> outbox,
        Map<String, Eid> heads,
        Map<String, SideHead> sideHeads,
        TreeMap<Route, Long> emitted,
        List<String> heldSegments,
        long journalBytes,
        long idsExpireMillis) {}
