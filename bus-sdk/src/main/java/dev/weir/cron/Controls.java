package dev.weir.cron;

import dev.weir.port.Attribute;
import dev.weir.port.Condition;
import dev.weir.port.Edit;
import dev.weir.port.Items;
import dev.weir.port.StoreUnavailableException;
import dev.weir.port.Table;
import dev.weir.port.Time;
import dev.weir.port.Write;
import dev.weir.port.WriteOutcome;
import dev.weir.queue.QueueName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What operators do to a bot. Each change is written to its row; the table's changes tell those who run bots. Thread-safe.
 *
 * <p>All methods answer false if there is no such bot, and throw {@link StoreUnavailableException} if the store does not answer.
 */
public final class Controls {
    private final CronRows rows;
    private final Items items;
    private final Time time;
    private final Insistence insistence;

    /** @param cron the table of the bus's bots */
    public Controls(Table cron, Items items, Time time) {
        this.rows = new CronRows(cron, items, time);
        this.items = items;
        this.time = time;
        this.insistence = new Insistence(time);
    }

    /** How a bot is made to run. */
    public enum Force {
        /** As soon as the run that it may be in is over. */
        WHEN_IDLE,
        /** At once: the run that it may be in is fenced, and can write nothing any more. */
        NOW
    }

    /** Makes a row for the bot, or changes what it says of itself. */
    public void register(Registration registration) {
        rows.ensure(registration.bot());
        change(registration.bot(), registration::edits);
    }

    /** Lets a bot's run end and begins no other. */
    public boolean pause(String bot) {
        return change(bot, _ -> List.of(new Edit.Set(Paths.PAUSED, Attribute.of(true))));
    }

    /** Lets a paused bot run again: if it is behind, at once. */
    public boolean resume(String bot) {
        return change(bot, _ -> List.of(new Edit.Set(Paths.PAUSED, Attribute.of(false))));
    }

    /** Makes a bot run as soon as it may: after the run that it may be in, after a pause for a failed one, and not while it is paused. */
    public boolean wake(String bot) {
        return change(bot, row -> List.of(Mark.wake(row, time.epochMillis())));
    }

    /** Makes a bot run once, though it may be paused, backing off or rogue; its errors are forgotten. */
    public boolean run(String bot, Force force) {
        return change(bot, row -> {
            List<Edit> edits = new ArrayList<>();
            edits.add(Mark.wake(row, time.epochMillis()));
            edits.add(new Edit.Set(Paths.IGNORE_PAUSED, Attribute.of(true)));
            edits.add(new Edit.Set(Paths.ERROR_COUNT, Attribute.of(0)));
            edits.add(new Edit.Remove(Paths.LATER));
            if (force == Force.NOW) {
                edits.add(new Edit.Remove(Paths.instance(Decide.IID)));
                edits.add(new Edit.Remove(Paths.INVOKE_TIME));
            }
            return edits;
        });
    }

    /**
     * Sets how far a bot has read a queue, forwards or back, and wakes it. A run that is reading then fails with its next checkpoint, and
     * begins again from here.
     *
     * @param position an event id, or a part of one: {@code z/} is the beginning, {@code z/2026/11/20} a day
     */
    public boolean checkpoint(String bot, QueueName queue, String position) {
        long now = time.epochMillis();
        Attribute checkpoint = new Checkpoint(position, now, now, now, 0).toAttribute();
        return change(
                bot, row -> List.of(new Edit.Set(Paths.read(queue), checkpoint), Mark.wake(row, time.epochMillis())));
    }

    private boolean change(String bot, Function<CronRow, List<Edit>> edits) {
        boolean[] exists = {false};
        insistence.until("changing a bot: bot=" + bot, () -> {
            Optional<CronRow> row = rows.find(bot).map(rows::whole);
            exists[0] = row.isPresent();
            return row.map(seen -> items.write(
                            new Write.Edits(seen.key(), edits.apply(seen), new Condition.AllOf(Mark.unchanged(seen)))))
                    .orElse(WriteOutcome.WRITTEN);
        });
        return exists[0];
    }
}
