package dev.weir.flow;

import dev.weir.model.LaneId;
import dev.weir.port.Attribute;
import dev.weir.port.Item;
import dev.weir.port.Items;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a lane's checkpoint tells an operator.
 *
 * @param lane which lane
 * @param commits how many commits it has made
 * @param held events that wait for their predecessors
 * @param unsent outbox items that were not known to be sent when the checkpoint was written
 * @param counts what became of its events
 * @param nextByProducer the next number that it expects of each producer
 * @param nextByLane the next number of what it sends to each lane
 */
public record LaneStatus(
        LaneId lane,
        long commits,
        long held,
        long unsent,
        Counts counts,
        TreeMap<String, Long> nextByProducer,
        TreeMap<Integer, Long> nextByLane) {

    /** The lanes of a bot that have a checkpoint. */
    public static List<LaneStatus> all(Bus bus, String bot, List<LaneId> lanes, Items items) {
        List<LaneStatus> found = new ArrayList<>();
        List<Item> stored = items.getAll(
                lanes.stream().map(lane -> bus.checkpoint(bot, lane)).toList());
        for (LaneId lane : lanes) {
            String partition = bus.partition(bot, lane);
            stored.stream()
                    .filter(item -> item.key().partition().equals(partition))
                    .findFirst()
                    .ifPresent(item -> found.add(from(lane, item)));
        }
        return found;
    }

    /** The slices of a bus's lanes, in order. */
    public static List<LaneId> slices(Bus bus) {
        List<LaneId> lanes = new ArrayList<>();
        for (int i = 0; i < bus.lanes().count(); i++) {
            lanes.add(new LaneId.Slice(i));
        }
        return lanes;
    }

    /** The id under which the lane of this bot sends to other lanes. */
    public static String producer(String bot, LaneId lane) {
        return bot + "/" + lane.text();
    }

    /** Events parked by a lane, oldest first: items with {@code reason}, {@code step}, {@code payload} and where they came from. */
    public static List<Item> parked(Bus bus, String bot, LaneId lane, Items items, int limit) {
        return parkedSince(bus, bot, lane, 0, items, limit);
    }

    /** The same, of the commits after the first {@code commits} of the lane. */
    public static List<Item> parkedSince(Bus bus, String bot, LaneId lane, long commits, Items items, int limit) {
        String from = SortKeys.from(SortKeys.PARKED, commits + 1);
        return items.query(bus.checkpoints(), bus.partition(bot, lane), from, SortKeys.end(SortKeys.PARKED), limit);
    }

    private static LaneStatus from(LaneId lane, Item checkpoint) {
        TreeMap<String, Long> producers = new TreeMap<>();
        checkpoint.struct("marks").forEach((id, value) -> {
            if (value instanceof Attribute.Text text) {
                producers.put(
                        id,
                        Mark.parse(text.value().substring(0, text.value().indexOf('@')))
                                .next());
            }
        });
        TreeMap<Integer, Long> emitted = new TreeMap<>();
        checkpoint.struct("emitted").forEach((to, value) -> {
            Route route = Route.parse(to);
            if (route.isOwn() && value instanceof Attribute.Number number) {
                emitted.put(route.lane(), number.value().longValueExact());
            }
        });
        return new LaneStatus(
                lane,
                checkpoint.integer("fence"),
                checkpoint.integer("held"),
                checkpoint.integerOr("unsent", 0),
                Counts.from(checkpoint),
                producers,
                emitted);
    }

    /** The reason why a bot may not run, if so: see {@link Control}. */
    public static Optional<String> paused(Bus bus, String bot, Items items) {
        return Control.stop(bus, bot, items).map(Control.Stop::reason);
    }
}
