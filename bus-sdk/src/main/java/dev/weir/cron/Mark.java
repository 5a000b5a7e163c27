package dev.weir.cron;

import dev.weir.port.Attribute;
import dev.weir.port.Condition;
import dev.weir.port.Edit;
import dev.weir.port.Path;
import java.util.List;

/**
 * The marks by which a bot is woken rise, whatever the clocks of those who set them say: so no wake-up is taken for one that was answered.
 * They are near the time in milliseconds, as other clients expect.
 */
final class Mark {
    private Mark() {}

    /** A mark above the one that the row has and above the one that was answered. */
    static long next(CronRow row, long nowMillis) {
        return Math.max(nowMillis, Math.max(row.trigger().orElse(0), row.token().orElse(0)) + 1);
    }

    /** The edit that wakes the bot. */
    static Edit wake(CronRow row, long nowMillis) {
        return new Edit.Set(Paths.TRIGGER, Attribute.of(next(row, nowMillis)));
    }

    /** How many conditions {@link #unchanged(CronRow)} has. */
    static final int CONDITIONS = 3;

    /** Holds while nobody has woken, invoked or removed the bot since its row was read. */
    static List<Condition> unchanged(CronRow row) {
        Condition exists = Condition.equal(Path.of(row.key().table().partition()), Attribute.of(row.bot()));
        return List.of(exists, unchanged(row, Paths.TRIGGER), unchanged(row, Paths.TOKEN));
    }

    /** Holds while a value of the row is what it was when the row was read. */
    static Condition unchanged(CronRow row, Path path) {
        Attribute value = Paths.at(row.item(), path);
        return value == null ? Condition.absent(path) : Condition.equal(path, value);
    }
}
