package dev.weir.bot;

import dev.weir.cron.Invocation;
import dev.weir.cron.Lock;
import dev.weir.cron.Runs;
import dev.weir.flow.Bus;
import dev.weir.port.Items;
import dev.weir.port.Time;
import java.util.Optional;

/** One run of an invoked bot: under the lock of the invocation, with how it ended told to the bot's row. Thread-safe. */
final class LockedRun {

    /** Of its time a run uses this part to begin pages or pulls. */
    private static final double TIME_USED = 0.8;

    /** Left of the time for the end of a run when a commit has to be given up. */
    private static final long END_MILLIS = 2_000;

    private final Runs runs;
    private final Time time;

    LockedRun(Bus bus, Items items, Time time) {
        this.runs = new Runs(bus.cron(), items, time);
        this.time = time;
    }

    /** What is run. */
    @FunctionalInterface
    interface Body {
        /**
         * One run.
         *
         * @param stopMillis when to begin nothing further, milliseconds since the epoch
         * @param deadlineMillis when to give up what cannot be committed
         */
        RunOutcome run(long stopMillis, long deadlineMillis);
    }

    /** Takes the lock; empty if another has the invocation, or a newer one was made. */
    Optional<Lock> begin(Invocation invocation, String requestId, long remainingMillis) {
        return runs.begin(invocation, requestId, remainingMillis);
    }

    /** Runs in the time that there is, without a lock. */
    RunOutcome run(long remainingMillis, Body body) {
        long now = time.epochMillis();
        long stop = now + (long) (remainingMillis * TIME_USED);
        long deadline = now + Math.max(0, remainingMillis - END_MILLIS);
        return body.run(Math.min(stop, deadline), deadline);
    }

    /** The same under a lock; an exception is a failed run too, and comes out. */
    RunOutcome run(Lock lock, long remainingMillis, Body body) {
        try {
            RunOutcome outcome = run(remainingMillis, body);
            switch (outcome) {
                case RunOutcome.Done _ -> runs.complete(lock);
                case RunOutcome.More _ -> runs.completeAndRunAgain(lock);
                case RunOutcome.Failed failed -> runs.fail(lock, failed.reason());
            }
            return outcome;
        } catch (RuntimeException e) {
            runs.fail(lock, "the run failed: " + e);
            throw e;
        }
    }
}
