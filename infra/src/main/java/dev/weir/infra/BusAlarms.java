package dev.weir.infra;

import static dev.weir.functions.metrics.Metric.CONFLICTS;
import static dev.weir.functions.metrics.Metric.FENCED;
import static dev.weir.functions.metrics.Metric.GAPS;
import static dev.weir.functions.metrics.Metric.HELD;
import static dev.weir.functions.metrics.Metric.HELD_AGE;
import static dev.weir.functions.metrics.Metric.LAG;
import static dev.weir.functions.metrics.Metric.PARKED;
import static dev.weir.functions.metrics.Metric.ROGUE;

import dev.weir.cron.Decide;
import java.time.Duration;
import software.amazon.awscdk.services.cloudwatch.Metric;
import software.amazon.awscdk.services.cloudwatch.MetricOptions;

/**
 * Alarms on what runs tell, one of each kind for the whole bus.
 *
 * @param alarms where they are made
 */
record BusAlarms(Alarms alarms, Watched watched) {

    /** Held for so much longer than the longest deadline of a bot: nothing passes its gap. The clock comes each minute. */
    static final Duration HELD_BEYOND = Duration.ofMinutes(2);

    /** More held events than this are a producer that lost something large, or one that is gone. */
    static final int HELD_MAX = 10_000;

    /** More lanes that were taken away than this, in {@link #WINDOW}, are copies that work against each other. A deployment or a reshard makes few. */
    static final int FENCED_MAX = 20;

    /** More commits that had to be tried again than this, in {@link #WINDOW}. */
    static final int CONFLICTS_MAX = 100;

    private static final Duration WINDOW = Alarms.AGE_WINDOW;

    /** A bot that fails is tried at least so often, and then tells it again. */
    private static final Duration ROGUE_WINDOW = Duration.ofMillis(Decide.BACKOFF_MAX_MILLIS);

    void all() {
        long heldMillis = watched.heldFor().plus(HELD_BEYOND).toMillis();
        minutes("held", watched.ofBus(HELD, Watched.MAX), HELD_MAX, Alarms.MINUTES_BAD, "Much waits for predecessors.");
        minutes(
                "held-age",
                watched.ofBus(HELD_AGE, Watched.MAX),
                heldMillis,
                Alarms.MINUTES_BAD,
                "Events wait for their predecessors longer than any bot allows.");
        minutes("parked", watched.ofBus(PARKED, Watched.SUM), 0, 1, "Events were parked.");
        minutes("gaps", watched.ofBus(GAPS, Watched.SUM), 0, 1, "Events that producers numbered did not come.");
        alarms.alarm(
                "bus/rogue",
                over(watched.ofBus(ROGUE, Watched.MAX), ROGUE_WINDOW),
                0,
                1,
                1,
                "A bot fails again and again, and is stopped or hardly tried.");
        windows("fenced", watched.ofBus(FENCED, Watched.SUM), FENCED_MAX, "Copies take lanes from each other.");
        windows(
                "conflicts",
                watched.ofBus(CONFLICTS, Watched.SUM),
                CONFLICTS_MAX,
                "Commits are tried again and again.");
        if (!watched.onQueues().isEmpty()) {
            String says = "A bot on queues is behind: it stands at what is more than a minute old.";
            windows("lag", watched.ofBus(LAG, Watched.MIN), Alarms.AGE_MAX.toMillis(), says);
        }
    }

    /** When it is so in some of some minutes. */
    private void minutes(String name, Metric metric, long above, int bad, String says) {
        alarms.alarm("bus/" + name, metric, above, bad, Alarms.MINUTES, says);
    }

    /** When it is so for long. */
    private void windows(String name, Metric metric, long above, String says) {
        alarms.alarm("bus/" + name, over(metric, WINDOW), above, Alarms.AGE_WINDOWS_BAD, Alarms.AGE_WINDOWS, says);
    }

    private static Metric over(Metric metric, Duration time) {
        return metric.with(MetricOptions.builder()
                .period(software.amazon.awscdk.Duration.seconds(time.toSeconds()))
                .build());
    }
}
