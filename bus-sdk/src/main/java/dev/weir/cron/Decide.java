package dev.weir.cron;

import dev.weir.cron.Decision.Nothing;
import dev.weir.cron.Decision.Run;
import dev.weir.cron.Decision.Wait;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Decides, from a bot's row and the time, whether the bot is to run. Pure: whoever asks, in whatever order changes arrive, gets the same
 * answer for the same row and time. Clocks need not agree: whether a bot was woken is told by rising marks, not by times.
 */
public final class Decide {

    /** Above this many failed runs in a row a bot is rogue: it is tried at the longest pause. */
    public static final int ERRORS_MAX = 10;

    /** No pause after a failed run is longer. */
    public static final long BACKOFF_MAX_MILLIS = 900_000;

    /** The pause after the first run that moves no checkpoint, though there is something to read; then it doubles. */
    public static final long IDLE_FIRST_MILLIS = 10_000;

    /** No pause after such a run is longer. */
    public static final long IDLE_MAX_MILLIS = 600_000;

    /** Pauses grow by this factor, from this many seconds. */
    private static final double BACKOFF_FACTOR = 2.25;

    /** The one instance that is invoked; a run that is spread over several begins the others itself. */
    static final String IID = "0";

    private Decide() {}

    /** What is to be done about a bot at a moment. */
    public static Decision of(CronRow row, long nowMillis) {
        if (row.isArchived()) {
            return new Nothing(Nothing.Why.ARCHIVED);
        } else if (row.function().isEmpty()) {
            return new Nothing(Nothing.Why.NO_FUNCTION);
        } else if (row.isPaused() && !row.isForced()) {
            return new Nothing(Nothing.Why.PAUSED);
        }
        Optional<Instance> last = row.instance(IID);
        if (last.isPresent() && last.get().isRunning(nowMillis)) {
            return new Wait(Wait.Why.RUNNING, last.get().endedMillis());
        } else if (row.isForced()) {
            return new Run(Run.Why.FORCED);
        }
        return pause(row, last, nowMillis).orElseGet(() -> wanted(row, last, nowMillis));
    }

    /** The pause that a bot has to keep, whatever wants it to run. */
    private static Optional<Decision> pause(CronRow row, Optional<Instance> last, long nowMillis) {
        if (row.laterMillis() > nowMillis) {
            return Optional.of(new Wait(Wait.Why.PUT_OFF, row.laterMillis()));
        }
        int failures = failures(row, last, nowMillis);
        long until = last.map(Instance::endedMillis).orElse(0L) + backoffMillis(failures);
        return failures > 0 && until > nowMillis
                ? Optional.of(new Wait(failures > ERRORS_MAX ? Wait.Why.ROGUE : Wait.Why.BACKING_OFF, until))
                : Optional.empty();
    }

    private static Decision wanted(CronRow row, Optional<Instance> last, long nowMillis) {
        if (isWoken(row)) {
            return new Run(Run.Why.WOKEN);
        } else if (row.laterMillis() > 0) {
            return new Run(Run.Why.PUT_OFF);
        } else if (last.isPresent() && last.get().isOverdue(nowMillis)) {
            return new Run(Run.Why.KILLED_BEFORE);
        } else if (last.isPresent() && last.get().failed()) {
            return new Run(Run.Why.FAILED_BEFORE);
        }
        OptionalLong next = nextMillis(row);
        if (next.isPresent() && next.getAsLong() <= nowMillis) {
            return new Run(Run.Why.SCHEDULED);
        }
        Decision reading = reading(row, last, nowMillis);
        if (reading instanceof Run || next.isEmpty()) {
            return reading;
        }
        return reading instanceof Wait wait && wait.untilMillis() < next.getAsLong()
                ? reading
                : new Wait(Wait.Why.SCHEDULED, next.getAsLong());
    }

    /** What the queues ask for. */
    private static Decision reading(CronRow row, Optional<Instance> last, long nowMillis) {
        if (!Reading.isBehind(row)) {
            boolean isBad = row.schedule().isPresent()
                    && row.schedule().flatMap(Schedule::parse).isEmpty();
            return new Nothing(isBad ? Nothing.Why.BAD_SCHEDULE : Nothing.Why.UP_TO_DATE);
        }
        if (last.isPresent() && Reading.isIdle(row, last.get())) {
            long until = last.get().endedMillis() + idleMillis(last.get().idleRuns());
            return until > nowMillis ? new Wait(Wait.Why.IDLE, until) : new Run(Run.Why.BEHIND);
        }
        return new Run(Run.Why.BEHIND);
    }

    /** The next moment of the schedule that was not seen to; none before somebody noted when it began to count. */
    static OptionalLong nextMillis(CronRow row) {
        OptionalLong seen = row.scheduledMillis();
        Optional<Schedule> schedule = row.schedule().flatMap(Schedule::parse);
        return seen.isPresent() && schedule.isPresent() ? schedule.get().after(seen.getAsLong()) : OptionalLong.empty();
    }

    static boolean isWoken(CronRow row) {
        return row.trigger().isPresent()
                && (row.token().isEmpty()
                        || row.trigger().getAsLong() > row.token().getAsLong());
    }

    private static int failures(CronRow row, Optional<Instance> last, long nowMillis) {
        return row.errors() + (last.isPresent() && last.get().isOverdue(nowMillis) ? 1 : 0);
    }

    static long backoffMillis(int failures) {
        return (long) Math.min(BACKOFF_MAX_MILLIS, 1000 * Math.pow(BACKOFF_FACTOR, failures));
    }

    static long idleMillis(long idleRuns) {
        return Math.min(IDLE_MAX_MILLIS, IDLE_FIRST_MILLIS << Math.min(idleRuns, 16));
    }
}
