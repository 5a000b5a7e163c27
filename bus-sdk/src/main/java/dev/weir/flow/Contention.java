package dev.weir.flow;

import dev.weir.cron.CronRows;
import dev.weir.flow.Counts.Count;
import dev.weir.model.Eid;
import dev.weir.port.Item;
import dev.weir.port.Items;
import dev.weir.port.Key;
import dev.weir.port.Time;
import dev.weir.port.Write;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a lane does about things that it does not own alone: heads of queues that others write too, ranges of archives, rows of bots. It
 * learns how they are, so that the commit can be packed anew. Used by one thread at a time.
 */
final class Contention {
    private final String self;
    private final Bus bus;
    private final Items items;
    private final Time time;
    private final CronRows rows;

    /** How often each bot's row failed in this lane run. */
    private final Map<String, Integer> rowFailures = new HashMap<>();

    /**
     * A look at what others own.
     *
     * @param self the bot that commits
     */
    Contention(String self, Bus bus, Items items, Time time) {
        this.self = self;
        this.bus = bus;
        this.items = items;
        this.time = time;
        this.rows = new CronRows(bus.cron(), items, time);
    }

    /** Makes the rows of bots that the commit writes into. */
    void prepare(Lane<?, ?> lane, Packed packed) {
        if (lane.rowsKnown.size() > Limits.REMEMBERED_MAX) {
            lane.rowsKnown.clear();
        }
        List<String> unknown = rowsOf(packed).stream()
                .filter(bot -> !lane.rowsKnown.contains(bot))
                .toList();
        if (unknown.stream().anyMatch(this::isNew)) {
            time.pause(Limits.FIRST_ROW_PAUSE);
        }
        for (String bot : unknown) {
            ensure(bot);
            lane.rowsKnown.add(bot);
        }
    }

    private boolean isNew(String bot) {
        return !bot.equals(self)
                && !rowFailures.containsKey(bot)
                && rows.find(bot).isEmpty();
    }

    private void ensure(String bot) {
        try {
            rows.ensure(bot);
        } catch (IllegalStateException _) {
            // Something else stands where a map must be: the commit will find it so, and go without this bot's
            // checkpoint.
        }
    }

    private static List<String> rowsOf(Packed packed) {
        return packed.writes().stream()
                .filter(Write.Edits.class::isInstance)
                .map(write -> write.key().partition())
                .toList();
    }

    /** Whether a commit that was refused writes into no rows of bots; if it does, the lane goes without them from now on. */
    boolean isWithoutRows(Lane<?, ?> lane, Packed packed) {
        List<String> bots = rowsOf(packed);
        lane.rowless.addAll(bots);
        return bots.isEmpty();
    }

    /** Looks at what failed; answers false if it is the lane's own. */
    boolean resolve(Lane<?, ?> lane, List<Key> failed) {
        boolean known = true;
        for (Key key : failed) {
            String table = key.table().name();
            if (table.equals(bus.heads().name())) {
                headMoved(lane, key);
            } else if (table.equals(bus.queues().name())) {
                idsTaken(lane, key);
            } else if (table.equals(bus.cron().name())) {
                rowFailed(lane, key.partition());
            } else {
                known = false;
            }
        }
        return known;
    }

    private void headMoved(Lane<?, ?> lane, Key key) {
        Optional<Item> head = items.get(key);
        String queue = key.partition();
        lane.sideHeads.put(queue, head.map(SideHead::of).orElse(SideHead.NONE));
        head.flatMap(item -> Eid.parse(item.textOr("max_eid", "")))
                .ifPresentOrElse(eid -> lane.heads.put(queue, eid), () -> lane.heads.remove(queue));
    }

    /** A range that the archive has is dropped; in a queue somebody wrote without moving the head, and the next ids are above his. */
    private static void idsTaken(Lane<?, ?> lane, Key key) {
        String end = String.valueOf(key.sort());
        int ranges = lane.draft.outputs().dropRange(key.partition(), end);
        lane.counts.add(Count.SAME_RANGE, ranges);
        Eid.parse(end).filter(_ -> ranges == 0).ifPresent(taken -> lane.heads.put(key.partition(), taken));
    }

    /** Somebody removed the row, or it has no place for a write checkpoint: it is made anew, or else left alone. */
    private void rowFailed(Lane<?, ?> lane, String bot) {
        lane.rowsKnown.remove(bot);
        if (rowFailures.merge(bot, 1, Integer::sum) > Limits.AUTHOR_TRIES_MAX) {
            lane.rowless.add(bot);
        }
    }

    /** What a commit left behind it is what the next one begins with. */
    static void remember(Lane<?, ?> lane, Packed packed) {
        if (lane.heads.size() > Limits.REMEMBERED_MAX) {
            lane.heads.clear();
            lane.sideHeads.clear();
        }
        lane.heads.putAll(packed.heads());
        lane.sideHeads.putAll(packed.sideHeads());
    }
}
