package dev.weir.flow;

import dev.weir.model.LaneId;
import dev.weir.port.Attribute;
import dev.weir.port.Condition;
import dev.weir.port.Item;
import dev.weir.port.Key;
import dev.weir.port.Path;
import dev.weir.port.Write;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What the first commit of a version on a lane writes besides: who had the lane, and where exactly it changed hands.
 *
 * @param before who served the lane, or what was chosen for lanes without a checkpoint
 * @param positions of the lane, as the one before left it
 * @param isFirst whether it is the lane's first commit of all
 */
record Handover(Serving before, Attribute positions, boolean isFirst) {

    /** How long what it noted is kept, for people. */
    private static final Duration KEPT = Duration.ofDays(400);

    private static final long MILLIS_PER_SECOND = 1_000;

    /**
     * @param now who serves the lane from this commit on
     * @param fence of this commit
     */
    void addTo(List<Write> writes, Bus bus, String bot, LaneId lane, Serving now, long fence, long nowMillis) {
        if (isFirst) {
            writes.add(unchosen(bus, bot));
        }
        if (!now.equals(before)) {
            writes.add(note(bus, bot, lane, now, fence, nowMillis));
        }
    }

    /** Who chooses a version changes the checkpoints that are there; a lane that gets its first one meanwhile must begin as was chosen. */
    private Write unchosen(Bus bus, String bot) {
        return new Write.Update(
                bus.serving(bot), Map.of("lanes", Attribute.of(bus.lanes().count())), unchanged(before));
    }

    private static Condition unchanged(Serving chosen) {
        return chosen.version().isNone()
                ? Condition.absent(Path.of("version"))
                : Condition.allOf(
                        Condition.equal(
                                Path.of("version"),
                                Attribute.of(chosen.version().number())),
                        Condition.equal(
                                Path.of("barred"), Attribute.of(chosen.barred().number())));
    }

    Write note(Bus bus, String bot, LaneId lane, Serving now, long fence, long nowMillis) {
        Key key = new Key(bus.checkpoints(), bus.partition(bot, lane), SortKeys.item(SortKeys.TAKEOVER, fence, 0));
        Item.Builder item = Item.at(key)
                .with("from", before.version().number())
                .with("at", nowMillis)
                .with("ttl", nowMillis / MILLIS_PER_SECOND + KEPT.toSeconds())
                .with("positions", positions);
        now.toAttributes().forEach(item::with);
        return new Write.Put(item.build(), Condition.ALWAYS);
    }
}
