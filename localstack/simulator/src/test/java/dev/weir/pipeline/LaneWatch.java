package dev.weir.pipeline;

import dev.weir.port.Attribute;
import dev.weir.port.Item;
import dev.weir.port.Key;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Watches who writes the checkpoints of lanes, and knows by itself who may: the version that has the lane, or one above all that ever had it,
 * or that an operator has barred. It goes by the ids of commits, and not by what the checkpoint says of versions, which it checks.
 */
final class LaneWatch {

    /** A change of hands. */
    record Change(String lane, long fence, long from, long to, Attribute positions) {}

    private record Known(long version, long barred, Item item) {}

    private final Map<String, Known> lanes = new HashMap<>();
    private final List<Change> changes = new ArrayList<>();
    private final List<String> faults = new ArrayList<>();
    private long chosen;
    private long chosenBarred;
    private int byHand;

    /** An item of the table of checkpoints was written. */
    void changed(Key key, Optional<Item> now) {
        now.ifPresent(item -> {
            if ("serving".equals(key.sort())) {
                chosen = item.integerOr("version", 0);
                chosenBarred = item.integerOr("barred", 0);
            } else if ("checkpoint".equals(key.sort())) {
                written(key.partition(), item);
            }
        });
    }

    private void written(String lane, Item item) {
        Known before = lanes.getOrDefault(lane, new Known(chosen, chosenBarred, item));
        String commit = item.text("commit");
        boolean isTakeover = commit.startsWith("takeover:");
        long fence = item.integer("fence");
        long last = lanes.containsKey(lane) ? before.item.integer("fence") : 0;
        long version = isTakeover ? Long.parseLong(commit.split(":")[1]) : Published.versionOf(commit);
        long asked = isTakeover ? item.integer("barred") : 0;
        long barred = Math.max(Math.max(asked, before.barred), version);
        if (fence != last + 1) {
            fault("a fence did not rise by one", lane, fence, "last=" + last);
        }
        if (isTakeover) {
            byHand++;
            if (!item.struct("positions").equals(before.item.struct("positions"))) {
                fault("a takeover moved a lane", lane, fence, "");
            }
        } else if (before.version != 0 && version != before.version && version <= before.barred) {
            fault("a version served a lane that was not its own", lane, fence, "by=" + version + " of=" + before);
        }
        if (item.integerOr("version", 0) != version || item.integerOr("barred", 0) != barred) {
            fault("a checkpoint does not say who serves the lane", lane, fence, "by=" + version + " barred=" + barred);
        }
        if (version != before.version || (isTakeover && barred != before.barred)) {
            Attribute positions = last == 0 ? Attribute.of(Map.of()) : before.item.get("positions");
            changes.add(new Change(lane, fence, before.version, version, positions));
        }
        lanes.put(lane, new Known(version, barred, item));
    }

    private void fault(String what, String lane, long fence, String more) {
        faults.add(what + ": lane=" + lane + " fence=" + fence + " " + more);
    }

    /** Throws {@link AssertionError} if anything was wrong so far. */
    void check() {
        if (!faults.isEmpty()) {
            throw new AssertionError(faults.getFirst() + " faults=" + faults.size());
        }
    }

    /** All changes of hands, in their order. */
    List<Change> changes() {
        return changes;
    }

    /** How many of them an operator made. */
    int byHand() {
        return byHand;
    }
}
