package dev.weir.pipeline;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** One of the rows in which a lane keeps its timers, in their order. Immutable. */
final class Timers extends KeyState {
    /** Rows of a lane: a timer is in the row of its key's hash. */
    static final int ROWS = 64;

    /** Of the JSON without timers. */
    private static final int FRAME_BYTES = 16;

    static final Timers NONE = new Timers(List.of(), FRAME_BYTES);

    private static final String PREFIX = "\u0001timers-";

    final List<Timer> sorted;
    private final int bytes;

    private Timers(List<Timer> sorted, int bytes) {
        this.sorted = sorted;
        this.bytes = bytes;
    }

    static Timers of(List<Timer> sorted) {
        return new Timers(
                List.copyOf(sorted),
                FRAME_BYTES + sorted.stream().mapToInt(Timer::bytes).sum());
    }

    /** The keys under which each lane keeps something of its own. */
    static Set<String> rowsAndClock() {
        Set<String> rows = new TreeSet<>();
        rows.add(Clock.KEY);
        for (int i = 0; i < ROWS; i++) {
            rows.add(row(i));
        }
        return rows;
    }

    static String row(int index) {
        return PREFIX + index;
    }

    static String rowOf(String key) {
        return row(Math.floorMod(key.hashCode(), ROWS));
    }

    Timers with(Timer timer) {
        int at = Collections.binarySearch(sorted, timer);
        if (at >= 0) {
            return this;
        }
        List<Timer> changed = new ArrayList<>(sorted.size() + 1);
        changed.addAll(sorted);
        changed.add(-at - 1, timer);
        return new Timers(Collections.unmodifiableList(changed), bytes + timer.bytes());
    }

    Timers withoutFirst(int count) {
        return of(sorted.subList(count, sorted.size()));
    }

    int bytes() {
        return bytes;
    }
}
