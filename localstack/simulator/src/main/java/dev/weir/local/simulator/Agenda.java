package dev.weir.local.simulator;

import dev.weir.port.Time;
import java.time.Duration;
import java.util.PriorityQueue;

/**
 * Virtual time: a clock that stands still until somebody takes time, and what is to happen at which moment. What is due at the same
 * moment happens in the order in which it was planned. Not thread-safe.
 */
final class Agenda implements Time {

    private record Entry(long atMillis, long number, boolean isBackground, Runnable action)
            implements Comparable<Entry> {
        @Override
        public int compareTo(Entry other) {
            int byTime = Long.compare(atMillis, other.atMillis);
            return byTime != 0 ? byTime : Long.compare(number, other.number);
        }
    }

    private final PriorityQueue<Entry> entries = new PriorityQueue<>();
    private long nowMillis;
    private long planned;
    private int foreground;

    Agenda(long startMillis) {
        this.nowMillis = startMillis;
    }

    @Override
    public long epochMillis() {
        return nowMillis;
    }

    /** Takes time: what was due meanwhile happens late. */
    @Override
    public void pause(Duration duration) {
        nowMillis += Math.max(0, duration.toMillis());
    }

    void after(long millis, Runnable action) {
        plan(millis, false, action);
    }

    /** Plans what alone does not keep the world busy: a tick, a look at the queues. */
    void inBackground(long millis, Runnable action) {
        plan(millis, true, action);
    }

    private void plan(long millis, boolean isBackground, Runnable action) {
        foreground += isBackground ? 0 : 1;
        entries.add(new Entry(nowMillis + Math.max(0, millis), planned++, isBackground, action));
    }

    /** Whether anything but background is planned. */
    boolean isBusy() {
        return foreground > 0;
    }

    /** Goes to the next moment at which something is planned and does it. Tells whether there was one. */
    boolean step() {
        Entry next = entries.poll();
        if (next == null) {
            return false;
        }
        foreground -= next.isBackground ? 0 : 1;
        nowMillis = Math.max(nowMillis, next.atMillis);
        next.action.run();
        return true;
    }
}
