package dev.weir.cron;

import dev.weir.port.Attribute;
import dev.weir.port.Condition;
import dev.weir.port.Edit;
import dev.weir.port.Items;
import dev.weir.port.Path;
import dev.weir.port.Write;
import dev.weir.port.WriteOutcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Writes an invocation into a bot's row: from then on, all that an earlier run writes under its lock fails. Thread-safe. */
final class Locker {
    private final Items items;

    Locker(Items items) {
        this.items = items;
    }

    /**
     * Locks a bot for one run, on condition that its row was not woken, invoked or paused since it was read.
     *
     * @return the invocation; empty if somebody else was here, or nobody knows: look at the row again
     */
    Optional<Invocation> lock(CronRow row, long nowMillis) {
        Optional<Instance> last = row.instance(Decide.IID);
        long token = Decide.isWoken(row) ? row.trigger().getAsLong() : Mark.next(row, nowMillis);
        Attribute instance = instance(row, last, token, nowMillis);
        List<Edit> edits = edits(row, token, nowMillis);
        edits.add(new Edit.Set(Paths.instance(Decide.IID), instance));
        if (last.isPresent() && last.get().isOverdue(nowMillis)) {
            edits.add(new Edit.Add(Paths.ERROR_COUNT, 1));
        }
        boolean isLocked =
                switch (items.write(new Write.Edits(row.key(), edits, unchanged(row)))) {
                    case WriteOutcome.Written _ -> true;
                    case WriteOutcome.ConditionFailed _, WriteOutcome.Retry _ -> false;
                    // If another wrote the same at the same moment, both deliver the invocation, and one run takes it.
                    case WriteOutcome.Unknown _ -> isStored(row, instance);
                };
        return isLocked ? Optional.of(new Invocation(row.bot(), Decide.IID, token)) : Optional.empty();
    }

    private static List<Edit> edits(CronRow row, long token, long nowMillis) {
        List<Edit> edits = new ArrayList<>();
        edits.add(new Edit.Set(Paths.INVOKE_TIME, Attribute.of(nowMillis)));
        edits.add(new Edit.Set(Paths.TOKEN, Attribute.of(token)));
        edits.add(new Edit.Set(Paths.TRIGGER, Attribute.of(token)));
        edits.add(new Edit.Set(Path.of("progress"), Paths.EMPTY));
        for (String name : List.of("ignorePaused", "startTime", "endTime", "scheduledTrigger")) {
            edits.add(new Edit.Remove(Path.of(name)));
        }
        if (row.schedule().isPresent()) {
            long seen = Math.max(nowMillis, row.scheduledMillis().orElse(0));
            edits.add(new Edit.Set(Paths.SCHEDULED_TIME, Attribute.of(seen)));
        }
        return edits;
    }

    private static Condition unchanged(CronRow row) {
        List<Condition> conditions = new ArrayList<>(Mark.unchanged(row));
        conditions.add(Mark.unchanged(row, Paths.PAUSED));
        conditions.add(Mark.unchanged(row, Paths.LATER));
        return new Condition.AllOf(conditions);
    }

    private boolean isStored(CronRow row, Attribute instance) {
        return items.get(row.key())
                .map(stored -> instance.equals(Paths.at(stored, Paths.instance(Decide.IID))))
                .orElse(false);
    }

    private static Attribute instance(CronRow row, Optional<Instance> last, long token, long nowMillis) {
        long idleRuns = last.filter(run -> Reading.isIdle(row, run))
                .map(run -> run.idleRuns() + 1)
                .orElse(0L);
        return Attribute.of(Map.of(
                "token", Attribute.of(token),
                "invokeTime", Attribute.of(nowMillis),
                "status", new Attribute.Null(),
                "from", Attribute.of(Reading.behind(row)),
                "idleRuns", Attribute.of(idleRuns)));
    }

    /**
     * Notes that an invocation was not delivered: as a failed run, so that the bot is invoked again after a pause. If it is delivered after
     * all, it finds its token gone and does nothing. A run that has begun is left alone.
     */
    WriteOutcome undelivered(CronRow row, Invocation invocation, String reason, long nowMillis) {
        Path instance = Paths.instance(invocation.iid());
        return items.write(new Write.Edits(
                row.key(),
                List.of(
                        new Edit.Remove(instance.then("token")),
                        new Edit.Set(instance.then("completedTime"), Attribute.of(nowMillis)),
                        new Edit.Set(instance.then("status"), Attribute.of("error")),
                        new Edit.Set(Paths.MESSAGE, Runs.cut(reason)),
                        new Edit.Add(Paths.ERROR_COUNT, 1)),
                Condition.allOf(
                        Condition.equal(instance.then("token"), Attribute.of(invocation.token())),
                        Condition.absent(instance.then("requestId")))));
    }
}
