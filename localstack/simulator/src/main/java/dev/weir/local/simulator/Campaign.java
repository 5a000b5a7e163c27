package dev.weir.local.simulator;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.LongFunction;

/** Many runs, one for each seed, on several threads; ends early at the first that fails. Used once. */
public final class Campaign {

    /**
     * A run that failed.
     *
     * @param seed of the run
     * @param report how it ended
     */
    public record Failure(long seed, Report report) {}

    private final LongFunction<Report> run;
    private final AtomicLong next;
    private final AtomicLong done = new AtomicLong();
    private final AtomicReference<Failure> failure = new AtomicReference<>();
    private final Map<Fault, Long> struck = Collections.synchronizedMap(new EnumMap<>(Fault.class));

    /**
     * @param run plays the run of a seed; called by several threads at once
     * @param firstSeed where to begin; each run takes the next one
     */
    public Campaign(LongFunction<Report> run, long firstSeed) {
        this.run = run;
        this.next = new AtomicLong(firstSeed);
    }

    /**
     * Plays runs, and returns when no more are to be played.
     *
     * @param seeds how many runs at most
     * @param threads how many at once
     * @param goesOn asked before each run
     * @return the failure of the lowest seed that was played and failed
     */
    public Optional<Failure> play(long seeds, int threads, BooleanSupplier goesOn) throws InterruptedException {
        long end = next.get() + seeds;
        Thread[] workers = new Thread[threads];
        for (int i = 0; i < threads; i++) {
            workers[i] = Thread.ofPlatform().name("simulation-" + i).start(() -> work(end, goesOn));
        }
        for (Thread worker : workers) {
            worker.join();
        }
        return Optional.ofNullable(failure.get());
    }

    private void work(long end, BooleanSupplier goesOn) {
        while (failure.get() == null && goesOn.getAsBoolean()) {
            long seed = next.getAndIncrement();
            if (seed >= end) {
                return;
            }
            Report report = run.apply(seed);
            report.struck().forEach(strike -> struck.merge(strike.fault(), 1L, Long::sum));
            if (!report.isSound()) {
                failure.accumulateAndGet(new Failure(seed, report), (a, b) -> a == null || b.seed() < a.seed() ? b : a);
            }
            done.incrementAndGet();
        }
    }

    /** Runs that have ended. */
    public long done() {
        return done.get();
    }

    /** How often each fault struck, in all runs that have ended. */
    public Map<Fault, Long> struck() {
        Map<Fault, Long> copy = new EnumMap<>(Fault.class);
        synchronized (struck) {
            copy.putAll(struck);
        }
        return copy;
    }
}
