package dev.weir.infra.cost;

import java.util.HashMap;
import java.util.Map;

/** Counts for whom something is billed: for the one whose turn it is. Not thread-safe. */
final class Meter {
    private final Map<String, Count> counts = new HashMap<>();
    private Count now = new Count();

    /** What was counted so far for one of them. */
    static final class Count {
        long transactions;
        long commitUnits;
        long rowUnits;
        long deleteUnits;
        long readUnits;
        long putUnits;
        long putBytes;
        long objectPuts;
        long objectGets;
        long invocations;
        double functionMillis;
        long events;

        Units units() {
            return new Units(
                    transactions,
                    commitUnits,
                    rowUnits,
                    deleteUnits,
                    readUnits,
                    putUnits,
                    putBytes,
                    objectPuts,
                    objectGets,
                    invocations,
                    functionMillis,
                    events);
        }
    }

    /** From now on it is billed to this one. */
    Count turnOf(String who) {
        now = counts.computeIfAbsent(who, _ -> new Count());
        return now;
    }

    /** Whose turn it is. */
    Count now() {
        return now;
    }

    /** All that was counted. */
    Map<String, Units> units() {
        Map<String, Units> all = new HashMap<>();
        counts.forEach((who, count) -> all.put(who, count.units()));
        return all;
    }
}
