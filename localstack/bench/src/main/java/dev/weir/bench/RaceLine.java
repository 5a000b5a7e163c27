package dev.weir.bench;

import dev.weir.bench.race.Round;

/** What was measured of one side, beside the side that its ratios are of. Not thread-safe. */
final class RaceLine {
    private static final double NANOS = 1e9;

    private final String name;
    private final Figures processor = new Figures();
    private final Figures clock = new Figures();
    private final Figures servers = new Figures();
    private final Figures processorRatio = new Figures();
    private final Figures clockRatio = new Figures();
    private final Figures allRatio = new Figures();

    RaceLine(String name) {
        this.name = name;
    }

    /**
     * Adds a round of each, next to each other in time.
     *
     * @param base the round that this one is compared with
     */
    void add(Round round, Round base) {
        processor.add((double) round.processorNanos());
        clock.add((double) round.clockNanos());
        servers.add((double) round.serversNanos());
        processorRatio.add((double) round.processorNanos() / base.processorNanos());
        clockRatio.add((double) round.clockNanos() / base.clockNanos());
        allRatio.add((double) (round.processorNanos() + round.serversNanos()) / base.processorNanos());
    }

    /** How much more processor time it took than the base. */
    Figures processorRatio() {
        return processorRatio;
    }

    static void printHead(String base) {
        Figures.print(
                "%-34s %12s %14s %22s %14s %14s",
                "", "us an event", "events/core s", "times " + base, "events/s", "times " + base);
    }

    void print(long events) {
        print(name, processor.median(), clock.median(), processorRatio, events);
        if (servers.highest() > 0) {
            print(
                    "  with its servers' processor",
                    processor.median() + servers.median(),
                    clock.median(),
                    allRatio,
                    events);
        }
    }

    private void print(String what, double processorNanos, double clockNanos, Figures ratio, long events) {
        Figures.print(
                "%-34s %12.2f %,14.0f %6.2f (%5.2f to %5.2f) %,14.0f %14.2f",
                what,
                processorNanos / events / 1e3,
                events * NANOS / processorNanos,
                1 / ratio.median(),
                1 / ratio.highest(),
                1 / ratio.lowest(),
                events * NANOS / clockNanos,
                1 / clockRatio.median());
    }
}
