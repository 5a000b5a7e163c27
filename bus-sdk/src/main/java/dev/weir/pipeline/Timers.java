package dev.weir.pipeline;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** One of the rows in which a lane keeps its timers, those of event time and those of the clock on the wall, each in their order. Immutable. */
final class Timers extends KeyState {
    /** Rows of a lane: a timer is in the row of its key's hash. */
    static final int ROWS = 64;

    /** Of the JSON without timers. */
    private static final int FRAME_BYTES = 32;

    static final Timers NONE = new Timers(List.of(), List.of(), FRAME_BYTES);

    private static final String PREFIX = "\u0001timers-";

    final List<Timer> sorted;

    /** Those of the clock on the wall. */
    final List<Timer> wakes;

    private final int bytes;

    private Timers(List<Timer> sorted, List<Timer> wakes, int bytes) {
        this.sorted = sorted;
        this.wakes = wakes;
        this.bytes = bytes;
    }

    static Timers of(List<Timer> sorted, List<Timer> wakes) {
        int bytes = sorted.stream().mapToInt(Timer::bytes).sum()
                + wakes.stream().mapToInt(Timer::bytes).sum();
        return new Timers(List.copyOf(sorted), List.copyOf(wakes), FRAME_BYTES + bytes);
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
        List<Timer> changed = with(timer, sorted);
        return changed == sorted ? this : new Timers(changed, wakes, bytes + timer.bytes());
    }

    Timers withWake(Timer wake) {
        List<Timer> changed = with(wake, wakes);
        return changed == wakes ? this : new Timers(sorted, changed, bytes + wake.bytes());
    }

    private static List<Timer> with(Timer timer, List<Timer> timers) {
        int at = Collections.binarySearch(timers, timer);
        if (at >= 0) {
            return timers;
        }
        List<Timer> changed = new ArrayList<>(timers.size() + 1);
        changed.addAll(timers);
        changed.add(-at - 1, timer);
        return Collections.unmodifiableList(changed);
    }

    Timers withoutWake(Timer wake) {
        List<Timer> changed = new ArrayList<>(wakes);
        return changed.remove(wake)
                ? new Timers(sorted, Collections.unmodifiableList(changed), bytes - wake.bytes())
                : this;
    }

    /** The first of event time of these steps, up to a moment. Those of a step that is not there wait until it is there again. */
    List<Timer> until(long watermark, int most, Set<String> steps) {
        return first(sorted, watermark, most, steps);
    }

    /** The first of the clock on the wall. */
    List<Timer> awakeAt(long nowMillis, int most, Set<String> steps) {
        return first(wakes, nowMillis, most, steps);
    }

    private static List<Timer> first(List<Timer> timers, long millis, int most, Set<String> steps) {
        return timers.stream()
                .takeWhile(timer -> timer.millis() <= millis)
                .filter(timer -> steps.contains(timer.step()))
                .limit(most)
                .toList();
    }

    /** Without some of each kind. */
    Timers without(List<Timer> some, List<Timer> someWakes) {
        return of(left(sorted, some), left(wakes, someWakes));
    }

    private static List<Timer> left(List<Timer> timers, List<Timer> some) {
        List<Timer> left = new ArrayList<>(timers);
        left.removeAll(Set.copyOf(some));
        return left;
    }

    int bytes() {
        return bytes;
    }
}
