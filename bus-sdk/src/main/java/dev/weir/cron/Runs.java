package dev.weir.cron;

import dev.weir.port.Attribute;
import dev.weir.port.Condition;
import dev.weir.port.Edit;
import dev.weir.port.Items;
import dev.weir.port.Key;
import dev.weir.port.Path;
import dev.weir.port.StoreUnavailableException;
import dev.weir.port.Table;
import dev.weir.port.Time;
import dev.weir.port.Write;
import dev.weir.port.WriteOutcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One run at a time for each bot: what a bot's function says at its start and at its end, in the protocol of leo-sdk. A run that was
 * overtaken by a newer invocation learns it from the {@link Ending}, and can change nothing of what the newer one has. Thread-safe.
 */
public final class Runs {

    /** Most characters that are kept of a message. */
    static final int MESSAGE_CHARS_MAX = 2_000;

    /** How the end of a run was taken. */
    public enum Ending {
        /** It is noted. */
        NOTED,
        /** A newer run was invoked, so nothing is noted. */
        FENCED
    }

    private final Table cron;
    private final Items items;
    private final Time time;
    private final Insistence insistence;

    /** @param cron the table of the bus's bots */
    public Runs(Table cron, Items items, Time time) {
        this.cron = cron;
        this.items = items;
        this.time = time;
        this.insistence = new Insistence(time);
    }

    /**
     * Begins the run of an invocation.
     *
     * @param requestId unique for this run
     * @param maxMillis after this time the run is taken for killed
     * @return the lock; empty if another run has this invocation already, or a newer one was invoked: do nothing then
     * @throws StoreUnavailableException if the store does not answer
     */
    public Optional<Lock> begin(Invocation invocation, String requestId, long maxMillis) {
        Lock lock = new Lock(invocation.bot(), invocation.iid(), invocation.token(), requestId);
        Path instance = Paths.instance(lock.iid());
        Write begin = new Write.Edits(
                key(lock),
                List.of(
                        new Edit.Set(instance.then("startTime"), Attribute.of(time.epochMillis())),
                        new Edit.Set(instance.then("requestId"), Attribute.of(requestId)),
                        new Edit.Set(instance.then("maxDuration"), Attribute.of(maxMillis))),
                Condition.allOf(
                        Condition.equal(instance.then("token"), Attribute.of(lock.token())),
                        Condition.absent(instance.then("startTime")),
                        Condition.absent(instance.then("requestId"))));
        return isWritten("beginning a run", lock, begin) || isHeld(lock) ? Optional.of(lock) : Optional.empty();
    }

    /** Ends a run that did what it was to do. */
    public Ending complete(Lock lock) {
        return end(lock, List.of(new Edit.Set(Paths.ERROR_COUNT, Attribute.of(0))), "complete", new Attribute.Null());
    }

    /** Ends a run that did what it could in its time; the bot is to run again at once. */
    public Ending completeAndRunAgain(Lock lock) {
        return end(
                lock,
                List.of(new Edit.Set(Paths.ERROR_COUNT, Attribute.of(0)), new Edit.Add(Paths.TRIGGER, 1)),
                "complete",
                new Attribute.Null());
    }

    /** Has a bot run once more, after the run that it may be in: for copies that have no lock and leave something to others. */
    public void wake(String bot) {
        Key row = CronRows.key(cron, bot);
        insistence.until("waking: bot=" + bot, () -> items.get(row)
                .map(CronRow::new)
                .map(seen -> items.write(new Write.Edits(
                        row, List.of(Mark.wake(seen, time.epochMillis())), new Condition.AllOf(Mark.unchanged(seen)))))
                .orElse(WriteOutcome.WRITTEN));
    }

    /**
     * Ends a run that failed; the bot is invoked again after a pause.
     *
     * @param message why, for people; cut to {@value #MESSAGE_CHARS_MAX} characters
     */
    public Ending fail(Lock lock, String message) {
        return end(lock, List.of(new Edit.Add(Paths.ERROR_COUNT, 1)), "error", cut(message));
    }

    static Attribute cut(String message) {
        return Attribute.of(message.substring(0, Math.min(message.length(), MESSAGE_CHARS_MAX)));
    }

    private Ending end(Lock lock, List<Edit> marks, String status, Attribute message) {
        Path instance = Paths.instance(lock.iid());
        List<Edit> edits = new ArrayList<>(marks);
        edits.add(new Edit.Set(instance.then("completedTime"), Attribute.of(time.epochMillis())));
        edits.add(new Edit.Set(instance.then("status"), Attribute.of(status)));
        edits.add(new Edit.Set(instance.then("result"), new Attribute.Null()));
        edits.add(new Edit.Set(Paths.MESSAGE, message));
        Condition running = Condition.allOf(lock.held(), Condition.absent(instance.then("completedTime")));
        boolean isNoted = isWritten("ending a run", lock, new Write.Edits(key(lock), edits, running));
        return isNoted || isHeld(lock) ? Ending.NOTED : Ending.FENCED;
    }

    /** Sent again until it is written or its condition fails, which it also does when an earlier sending was written after all. */
    private boolean isWritten(String what, Lock lock, Write write) {
        List<WriteOutcome> last = new ArrayList<>();
        insistence.until(what + ": bot=" + lock.bot() + " token=" + lock.token(), () -> {
            WriteOutcome outcome = items.write(write);
            last.add(outcome);
            return outcome instanceof WriteOutcome.ConditionFailed ? WriteOutcome.WRITTEN : outcome;
        });
        return last.getLast() instanceof WriteOutcome.Written;
    }

    /** Whether the invocation is this run's, whatever became of it since. */
    private boolean isHeld(Lock lock) {
        return items.get(key(lock))
                .flatMap(row -> Optional.ofNullable(Paths.at(row, Paths.instance(lock.iid()))))
                .filter(Attribute.Struct.class::isInstance)
                .map(instance -> ((Attribute.Struct) instance).value())
                .filter(instance -> Attribute.of(lock.token()).equals(instance.get("token")))
                .filter(instance -> Attribute.of(lock.requestId()).equals(instance.get("requestId")))
                .isPresent();
    }

    private Key key(Lock lock) {
        return CronRows.key(cron, lock.bot());
    }
}
