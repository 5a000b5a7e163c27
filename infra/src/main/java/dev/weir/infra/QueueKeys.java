package dev.weir.infra;

import dev.weir.flow.Bus;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Queues as partitions of the bus's tables, in the patterns of policies: {@code *} is any text, {@code ?} one character. A queue that lanes
 * write apart is several partitions; see {@link Bus#queue}.
 */
final class QueueKeys {

    /** So many lanes are named one by one; more are told by their number of digits, which keeps policies small. */
    private static final int NAMED_LANES_MAX = 10;

    /** A reader follows sub-queues with numbers of so many digits, whoever made them. */
    private static final int READ_DIGITS = 4;

    private QueueKeys() {}

    /** A queue that one bot writes: the parts of its lanes, and of the shards that it reads. */
    static List<String> written(Bus bus, String queue) {
        List<String> keys = new ArrayList<>();
        int lanes = bus.lanes().count();
        if (lanes == 1) {
            keys.add(queue);
        } else if (lanes <= NAMED_LANES_MAX) {
            for (int lane = 0; lane < lanes; lane++) {
                keys.add(queue + "." + lane);
            }
        } else {
            keys.addAll(numbered(queue, Integer.toString(lanes - 1).length()));
        }
        keys.add(queue + ".shard-*");
        return keys;
    }

    /** A queue that is read: its heads. */
    static List<String> readHeads(String queue) {
        List<String> keys = new ArrayList<>(List.of(queue));
        keys.addAll(numbered(queue, READ_DIGITS));
        keys.add(queue + ".shard-*");
        return keys;
    }

    /** The same with its archive and its snapshots. */
    static List<String> readChunks(String queue) {
        return readHeads(queue).stream()
                .flatMap(key -> key.endsWith("*") ? Stream.of(key) : Stream.of(key, key + "/_*"))
                .toList();
    }

    /** Its large events, and its archive, in the bus's bucket. */
    static List<String> readObjects(String queue) {
        return List.of(
                "bus/" + queue + "/*",
                "bus/" + queue + ".*/*",
                "bus/_archive/q=" + queue + "/*",
                "bus/_archive/q=" + queue + ".*/*");
    }

    private static List<String> numbered(String queue, int digits) {
        return Stream.iterate("?", mask -> mask + "?")
                .limit(digits)
                .map(mask -> queue + "." + mask)
                .toList();
    }
}
