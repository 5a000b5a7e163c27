package dev.weir.local.cli;

import dev.weir.flow.Bus;
import dev.weir.flow.Counts;
import dev.weir.flow.LaneStatus;
import dev.weir.functions.ledger.Ledger;
import dev.weir.model.LaneId;
import dev.weir.port.Items;
import java.util.Map;
import java.util.TreeMap;

/**
 * How far the ledger's lanes are, read lane by lane: a lane may be ahead of another by what was committed in between.
 *
 * @param lanes by index; those that have committed at least once
 */
record LedgerState(Map<Integer, LaneStatus> lanes) {
    private static final String BOT = Ledger.GRAPH.name();

    static LedgerState of(Bus bus, Items items) {
        Map<Integer, LaneStatus> lanes = new TreeMap<>();
        for (LaneStatus status : LaneStatus.all(bus, BOT, LaneStatus.slices(bus), items)) {
            if (status.lane() instanceof LaneId.Slice(int index)) {
                lanes.put(index, status);
            }
        }
        return new LedgerState(lanes);
    }

    Counts counts() {
        Counts counts = new Counts();
        lanes.values().forEach(lane -> counts.addAll(lane.counts()));
        return counts;
    }

    /** How many commits each lane has made. */
    Map<Integer, Long> commits() {
        Map<Integer, Long> commits = new TreeMap<>();
        lanes.forEach((index, lane) -> commits.put(index, lane.commits()));
        return commits;
    }

    /** Whether every lane has taken, or holds, every number of a producer up to the given one. */
    boolean tookAll(String producer, Map<Integer, Long> upTo) {
        return upTo.entrySet().stream().allMatch(entry -> next(entry.getKey(), producer) > entry.getValue());
    }

    /** Whether nothing is held, and nothing is on its way between lanes. */
    boolean isAtRest() {
        return lanes.values().stream()
                .allMatch(from -> from.held() == 0
                        && from.nextByLane().entrySet().stream()
                                .allMatch(sent ->
                                        next(sent.getKey(), LaneStatus.producer(BOT, from.lane())) >= sent.getValue()));
    }

    private long next(int lane, String producer) {
        LaneStatus status = lanes.get(lane);
        return status == null ? 1 : status.nextByProducer().getOrDefault(producer, 1L);
    }
}
