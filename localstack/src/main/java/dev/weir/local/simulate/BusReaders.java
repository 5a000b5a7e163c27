package dev.weir.local.simulate;

import dev.weir.flow.Bus;
import dev.weir.local.audit.QueueLog;
import dev.weir.local.simulator.Stage;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Who reads queues: some follow them all along, others come by and read from the beginning. */
final class BusReaders {
    private static final int LOOK_MILLIS_MAX = 5_000;
    private static final int LAG_MILLIS_MAX = 3_000;
    private static final int VISITOR_ONE_OF = 12;

    private final Bus bus;
    private final Stage stage;
    private final BusHistory history;
    private final Map<String, BusFollower> followers = new TreeMap<>();
    private long seenChanges = -1;
    private long seenMillis;

    BusReaders(Bus bus, Stage stage, BusHistory history) {
        this.bus = bus;
        this.stage = stage;
        this.history = history;
        stage.inBackground(1, this::look);
    }

    private void look() {
        if (history.changes() != seenChanges || stage.time().epochMillis() < seenMillis + LAG_MILLIS_MAX) {
            if (history.changes() != seenChanges) {
                seenMillis = stage.time().epochMillis();
            }
            seenChanges = history.changes();
            read();
        }
        stage.inBackground(1 + stage.random(LOOK_MILLIS_MAX), this::look);
    }

    private void read() {
        for (String queue : history.written().keySet()) {
            look(followers.computeIfAbsent(queue, this::reader));
            if (stage.random(VISITOR_ONE_OF) == 0) {
                BusFollower visitor = reader(queue);
                look(visitor);
                List<String> all = stored(queue);
                check(
                        queue,
                        "who reads from the beginning",
                        visitor.seen(),
                        all.subList(0, Math.min(all.size(), visitor.seen().size())));
            }
        }
    }

    /** Reads are strongly consistent, and time passes between that of the head and that of chunks. */
    private void look(BusFollower follower) {
        int headLagMillis = stage.random(LAG_MILLIS_MAX);
        follower.look(headLagMillis, stage.random(headLagMillis + 1));
    }

    private BusFollower reader(String queue) {
        return new BusFollower(bus, queue, history, stage.bucket(), stage.time());
    }

    /** At rest everybody has seen everything. */
    void audit() {
        for (String queue : history.written().keySet()) {
            BusFollower follower = followers.computeIfAbsent(queue, this::reader);
            follower.look(0, 0);
            check(queue, "who followed all along", follower.seen(), stored(queue));
            BusFollower late = reader(queue);
            late.look(0, 0);
            check(queue, "who comes at the end", late.seen(), stored(queue));
        }
    }

    private List<String> stored(String queue) {
        return history.written().getOrDefault(queue, new QueueLog(queue)).events().stream()
                .map(event -> event.eid() + " " + event.payload())
                .toList();
    }

    private static void check(String queue, String who, List<String> seen, List<String> expected) {
        if (!seen.equals(expected)) {
            throw new AssertionError("a reader did not see every event once, in order: " + who + " queue=" + queue
                    + " seen=" + seen.size() + " expected=" + expected.size());
        }
    }
}
