package dev.weir.cron;

import dev.weir.port.Attribute;
import java.util.Map;
import java.util.OptionalLong;

/**
 * The last invocation of a bot: how it began and, if it is over, how it ended.
 *
 * @param sinceMillis when it began, or as long as it has not begun, when it was invoked
 * @param maxMillis how long it may take; what is not over then was killed
 * @param completedMillis when it was over; empty while it runs, and for ever if it was killed
 * @param failed whether it ended with an error
 * @param from where its queues stood when it was invoked: ids by queue
 * @param idleRuns how many runs before it moved none of its checkpoints, without a pause
 */
record Instance(
        long sinceMillis,
        long maxMillis,
        OptionalLong completedMillis,
        boolean failed,
        Map<String, Attribute> from,
        long idleRuns) {

    /** A run of which nothing else is known may take this long: Lambda allows no more. */
    static final long MAX_MILLIS = 900_000;

    /** A run that has not begun after this time never will; if it does, its invocation is void by then. */
    static final long BEGIN_MAX_MILLIS = 120_000;

    static Instance of(Map<String, Attribute> stored, CronRow row) {
        OptionalLong started = CronRow.whole(stored, "startTime");
        long most =
                CronRow.whole(stored, "maxDuration").orElse(row.whole("timeout").orElse(MAX_MILLIS));
        return new Instance(
                started.orElse(CronRow.whole(stored, "invokeTime").orElse(0)),
                Math.clamp(most, 1, started.isPresent() ? Long.MAX_VALUE >> 8 : BEGIN_MAX_MILLIS),
                CronRow.whole(stored, "completedTime"),
                CronRow.text(stored, "status").filter("error"::equals).isPresent(),
                stored.get("from") instanceof Attribute.Struct from ? from.value() : Map.of(),
                CronRow.whole(stored, "idleRuns").orElse(0));
    }

    /** Whether it was killed, or forgot to say that it is over. */
    boolean isOverdue(long nowMillis) {
        return completedMillis.isEmpty() && nowMillis >= lastMillis();
    }

    boolean isRunning(long nowMillis) {
        return completedMillis.isEmpty() && nowMillis < lastMillis();
    }

    /** When it was over, at the latest. */
    long endedMillis() {
        return completedMillis.orElse(lastMillis());
    }

    private long lastMillis() {
        return sinceMillis + maxMillis;
    }
}
