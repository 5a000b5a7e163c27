package dev.weir.functions.metrics;

import static dev.weir.functions.metrics.Metric.BOT;
import static dev.weir.functions.metrics.Metric.BUS;
import static dev.weir.functions.metrics.Metric.STEP;

import dev.weir.cron.Standing;
import dev.weir.flow.Counts.Count;
import dev.weir.flow.Tally;
import dev.weir.model.Step;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Tells what runs did: one line for each run, with what is watched, for the bus and for the bot, and one more for each step that has something
 * to tell besides. What is 0 is not told, but for {@link Metric#EVENTS}: CloudWatch asks for money for each metric and hour in which there
 * is a value. Thread-safe if its sink is.
 */
public final class Metrics {

    /** Tells nothing, and costs nothing: on a terminal, and where nobody listens. */
    public static final Metrics SILENT = new Metrics("", Optional.empty());

    /** Metrics that a bot has when nothing is wrong with it: Events, Commits and Items. */
    public static final int USUAL_OF_BOT = 3;

    /** Metrics that a bus has besides: Events and Lag. */
    public static final int USUAL_OF_BUS = 2;

    /** Bytes of log of a run in which nothing is wrong, with what CloudWatch adds to each line; of names of 20 characters. */
    public static final int RUN_BYTES = 580;

    /** The same of a run without events, and of what a tick tells of a bus. */
    public static final int IDLE_BYTES = 270;

    private static final List<String> OF_BUS = List.of(BUS);
    private static final List<String> OF_BOT = List.of(BUS, BOT);
    private static final List<List<String>> BUS_AND_BOT = List.of(OF_BUS, OF_BOT);
    private static final List<String> OF_STEP = List.of(BUS, BOT, STEP);

    private final String bus;
    private final Optional<Consumer<String>> sink;

    private Metrics(String bus, Optional<Consumer<String>> sink) {
        this.bus = bus;
        this.sink = sink;
    }

    /**
     * Tells all.
     *
     * @param bus prefix of the bus
     * @param sink takes each line, without its end; on Lambda it prints them
     */
    public static Metrics to(String bus, Consumer<String> sink) {
        return new Metrics(bus, Optional.of(sink));
    }

    /** Whether anybody listens. */
    public boolean isTold() {
        return sink.isPresent();
    }

    /** What the run of a bot did. */
    public void run(String bot, Tally tally, long nowMillis) {
        sink.ifPresent(lines -> {
            lines.accept(new EmfLine(nowMillis, Map.of(BUS, bus, BOT, bot))
                    .of(watched(tally, nowMillis), BUS_AND_BOT)
                    .text());
            for (Step step : Step.values()) {
                Map<Metric, Long> figures = of(step, tally);
                if (!figures.isEmpty()) {
                    lines.accept(new EmfLine(nowMillis, Map.of(BUS, bus, BOT, bot, STEP, step.label()))
                            .of(figures, List.of(OF_STEP))
                            .text());
                }
            }
        });
    }

    private static Map<Metric, Long> watched(Tally tally, long nowMillis) {
        Map<Metric, Long> figures = new EnumMap<>(Metric.class);
        figures.put(Metric.EVENTS, tally.counts().of(Count.PROCESSED));
        some(figures, Metric.HELD, tally.held());
        tally.heldSinceMillis().ifPresent(since -> figures.put(Metric.HELD_AGE, Math.max(0, nowMillis - since)));
        some(figures, Metric.PARKED, tally.counts().of(Count.PARKED));
        some(figures, Metric.GAPS, tally.counts().of(Count.GAPS));
        some(figures, Metric.FENCED, tally.fenced());
        some(figures, Metric.CONFLICTS, tally.conflicts());
        some(figures, Metric.ROGUE, tally.isRogue() ? 1 : 0);
        return figures;
    }

    private static Map<Metric, Long> of(Step step, Tally tally) {
        Map<Metric, Long> figures = new EnumMap<>(Metric.class);
        some(figures, Metric.PARKED, tally.parked().getOrDefault(step, 0L));
        switch (step) {
            case DECODE -> {}
            case DEDUPE -> {
                some(figures, Metric.REDELIVERED, tally.counts().of(Count.REDELIVERED));
                some(figures, Metric.RETRIED_BY_PRODUCER, tally.counts().of(Count.RETRIED_BY_PRODUCER));
                some(figures, Metric.SAME_BUSINESS_ID, tally.counts().of(Count.SAME_BUSINESS_ID));
                some(figures, Metric.SAME_RANGE, tally.counts().of(Count.SAME_RANGE));
            }
            case REORDER -> some(figures, Metric.PUT_ASIDE, tally.counts().of(Count.HELD));
            case TRANSFORM -> {
                some(figures, Metric.MERGED, tally.counts().of(Count.MERGED));
                some(figures, Metric.PUT_BACK, tally.counts().of(Count.PUT_BACK));
                some(figures, Metric.DROPPED, tally.counts().of(Count.DROPPED));
            }
            case COMMIT -> {
                some(figures, Metric.COMMITS, tally.commits());
                some(figures, Metric.ITEMS, tally.items());
            }
            case EMIT -> {
                some(figures, Metric.FORWARDED, tally.counts().of(Count.FORWARDED));
                some(figures, Metric.UNSENT, tally.unsent());
            }
        }
        return figures;
    }

    private static void some(Map<Metric, Long> figures, Metric metric, long value) {
        if (value != 0) {
            figures.put(metric, value);
        }
    }

    /** How all bots stand that are invoked: one line for the bus, and one for each that is behind or fails again and again. */
    public void standings(List<Standing> standings, long nowMillis) {
        sink.ifPresent(lines -> {
            long longest = standings.stream()
                    .mapToLong(bot -> bot.lagMillis().orElse(0))
                    .max()
                    .orElse(0);
            lines.accept(new EmfLine(nowMillis, Map.of(BUS, bus))
                    .of(Map.of(Metric.LAG, longest), List.of(OF_BUS))
                    .text());
            standings.stream()
                    .filter(bot -> bot.isRogue() || bot.lagMillis().isPresent())
                    .forEach(bot -> lines.accept(line(bot, nowMillis)));
        });
    }

    private String line(Standing bot, long nowMillis) {
        EmfLine line = new EmfLine(nowMillis, Map.of(BUS, bus, BOT, bot.bot()));
        bot.lagMillis().ifPresent(lag -> line.of(Map.of(Metric.LAG, lag), List.of(OF_BOT)));
        return (bot.isRogue() ? line.of(Map.of(Metric.ROGUE, 1L), BUS_AND_BOT) : line).text();
    }
}
