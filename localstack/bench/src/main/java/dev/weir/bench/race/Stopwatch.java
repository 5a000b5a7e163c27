package dev.weir.bench.race;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/** Processor time of this process and time by the clock, of what runs between {@link #start} and {@link #stop}, added up. Used by one thread. */
public final class Stopwatch {
    private static final OperatingSystemMXBean SYSTEM =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

    private long processorNanos;
    private long clockNanos;
    private long processorStart;
    private long clockStart;

    /** Goes on. */
    public void start() {
        processorStart = SYSTEM.getProcessCpuTime();
        clockStart = System.nanoTime();
    }

    /** Stands still. */
    public void stop() {
        processorNanos += SYSTEM.getProcessCpuTime() - processorStart;
        clockNanos += System.nanoTime() - clockStart;
    }

    /** What was measured, and nothing of servers. */
    public Round round(Tally results) {
        return new Round(processorNanos, clockNanos, 0, results.text());
    }

    /** What was measured less what another one measured, which is what a job takes that has nothing to do. */
    public Round roundWithout(Stopwatch idle, Tally results) {
        return new Round(processorNanos - idle.processorNanos, clockNanos - idle.clockNanos, 0, results.text());
    }
}
