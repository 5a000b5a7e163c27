package dev.weir.infra.cost;

import dev.weir.flow.Bus;
import dev.weir.functions.ingest.Ingest;
import dev.weir.graph.Graph;
import dev.weir.infra.BusConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Bots that hang together, running on a bus in memory until it is seen what they cost. One thread.
 *
 * <p>Rows of state are written from time to time, for many commits at once. So of each bot whole times from one such to the next are measured,
 * if there are any.
 */
final class Trial {

    /** Events of a round at most, so that a trial fits a small heap. */
    private static final int ROUND_EVENTS_MAX = 20_000;

    /** Events, and rounds, after which a trial ends in any case. */
    private static final int EVENTS_MAX = 250_000;

    private static final int ROUNDS_MIN = 30;
    private static final int ROUNDS_MAX = 1_600;

    /** Beginnings of the writing of rows that are enough: one whole time is between them. */
    private static final int FOLDS_ENOUGH = 2;

    /** Rounds in which rows are written that are enough, if they are written nearly always. */
    private static final int FOLDING_ENOUGH = 20;

    private static final long WRITER_DELAY_MILLIS = 100;
    private static final int SENDS_MAX = 10;

    private final BusConfig config;
    private final int shards;
    private final Load load;
    private final Map<String, Sample> samples;
    private final Pace pace;
    final World world;
    final QueueTrials onQueues;
    final List<StreamTrial<?, ?, ?>> onStreams = new ArrayList<>();
    private final Map<String, Feeder> feeders = new LinkedHashMap<>();
    private final Map<String, Folds> folds = new HashMap<>();

    /** What was counted when a bot began to write its rows: the first time and the last time. */
    private static final class Folds {
        private int seen;
        private int rounds;
        private long deletes;
        private boolean isDeleting;
        private Units first = Units.NONE;
        private Units last = Units.NONE;

        void look(Units units) {
            boolean deletes = units.deleteUnits() > this.deletes;
            if (deletes && !isDeleting) {
                first = seen == 0 ? units : first;
                last = units;
                seen++;
            }
            rounds += deletes ? 1 : 0;
            this.deletes = units.deleteUnits();
            isDeleting = deletes;
        }
    }

    Trial(TrialGroups.Group group, BusConfig config, int shards, Load load, Map<String, Sample> samples, Pace pace) {
        this.config = config;
        this.shards = shards;
        this.load = load;
        this.samples = samples;
        this.pace = pace;
        this.world = new World(config.bus());
        this.onQueues = new QueueTrials(world, config, pace);
        group.streams().forEach(stream -> world.records.create(world.bus.stream(stream), shards));
        group.onStreams().forEach(this::addOnStream);
        addOnStream(Ingest.graph(config.queueRetention()));
        group.onQueues().forEach(onQueues::add);
        group.fedQueues().forEach(this::feedQueue);
    }

    private void addOnStream(Graph<?, ?, ?> graph) {
        StreamTrial<?, ?, ?> trial = new StreamTrial<>(world, graph, config.bot(graph.name()), pace);
        onStreams.add(trial);
        Sample.of(graph.name(), samples)
                .ifPresent(sample -> feeders.computeIfAbsent("stream " + trial.stream(), who -> {
                    Feeder.Put put = (writer, number, event) -> writer.put(trial.key(event, number), event);
                    return new Feeder(world, trial.stream(), who, sample, load, put);
                }));
    }

    private void feedQueue(String queue, Sample sample) {
        String who = "queue " + queue;
        feeders.put(who, new Feeder(world, Bus.EVENTS, who, sample, load, Feeder.intoQueue(world, queue)));
    }

    /**
     * What was counted.
     *
     * @param units by bot, function of the bus, or stream
     * @param events into the bus while all was counted that is no bot's
     * @param perFed how many events each one gets for each that is fed into one stream or queue
     */
    record Counted(Map<String, Units> units, long events, Map<String, Double> perFed) {}

    Counted run() {
        if (feeders.isEmpty()) {
            return new Counted(Map.of(), 0, Map.of());
        }
        long perRound = perRound();
        Duration period = Duration.ofNanos((long) (1e9 * perRound / load.eventsPerSecond()));
        int rounds = Math.clamp(EVENTS_MAX / perRound, ROUNDS_MIN, ROUNDS_MAX);
        prepare();
        Map<String, Units> before = Map.of();
        int first = 0;
        int done = 0;
        while (done < rounds && !isEnough(done)) {
            if (done == rounds / 3 || (done == ROUNDS_MIN / 3 && before.isEmpty())) {
                before = world.meter.units();
                first = done;
            }
            round(perRound, period);
            done++;
        }
        return new Counted(measured(before), perRound * (done - first) * feeders.size(), perFed());
    }

    private Map<String, Units> measured(Map<String, Units> before) {
        Map<String, Units> measured = new LinkedHashMap<>();
        world.meter.units().forEach((who, units) -> {
            Folds seen = folds.get(who);
            measured.put(
                    who,
                    seen != null && seen.seen > 1
                            ? seen.last.since(seen.first)
                            : units.since(before.getOrDefault(who, Units.NONE)));
        });
        return measured;
    }

    private Map<String, Double> perFed() {
        Map<String, Units> all = world.meter.units();
        double fed = feeders.keySet().stream()
                .mapToLong(who -> all.getOrDefault(who, Units.NONE).events())
                .average()
                .orElse(1);
        Map<String, Double> perFed = new HashMap<>();
        all.forEach((who, units) -> perFed.put(who, units.events() > 0 ? units.events() / fed : feeders.size()));
        feeders.keySet().forEach(who -> perFed.put(who, 1.0));
        onStreams.stream()
                .filter(trial -> feeders.containsKey("stream " + trial.stream()))
                .forEach(trial -> perFed.put(trial.bot(), 1.0));
        return perFed;
    }

    /** Whether of all bots that write rows enough was seen. */
    private boolean isEnough(int rounds) {
        return rounds >= ROUNDS_MIN
                && onStreams.stream()
                        .filter(trial -> feeders.containsKey("stream " + trial.stream()))
                        .allMatch(trial -> {
                            Folds seen = folds.get(trial.bot());
                            return seen != null && (seen.seen >= FOLDS_ENOUGH || seen.rounds >= FOLDING_ENOUGH);
                        })
                && feeders.keySet().stream().noneMatch(who -> who.startsWith("queue "));
    }

    /** What comes to all shards until the next batches. */
    private long perRound() {
        double window = onStreams.stream()
                .mapToDouble(trial -> config.bot(trial.bot()).batchingWindow().toSeconds())
                .max()
                .orElse(0);
        double events = load.eventsPerBatch().isPresent()
                ? (double) load.eventsPerBatch().getAsInt() * shards
                : load.eventsPerSecond() * Math.max(1, window);
        return (long) Math.clamp(events, 1, ROUND_EVENTS_MAX);
    }

    private void prepare() {
        for (Feeder feeder : feeders.values()) {
            for (long left = feeder.preparing(); left > 0; left -= ROUND_EVENTS_MAX) {
                feeder.feed(Math.min(left, ROUND_EVENTS_MAX));
                takeAll(0);
            }
        }
    }

    private void round(long events, Duration period) {
        int sends = (int) Math.clamp(period.toMillis() / WRITER_DELAY_MILLIS, 1, Math.min(events, SENDS_MAX));
        for (int i = 0; i < sends; i++) {
            long part = events * (i + 1) / sends - events * i / sends;
            feeders.values().forEach(feeder -> feeder.feed(part));
            world.time.advance(period.dividedBy(sends));
        }
        takeAll(events);
        Map<String, Units> now = world.meter.units();
        now.forEach((who, units) -> folds.computeIfAbsent(who, _ -> new Folds()).look(units));
    }

    private void takeAll(long events) {
        long queues = feeders.keySet().stream()
                .filter(who -> who.startsWith("queue "))
                .count();
        for (StreamTrial<?, ?, ?> trial : onStreams) {
            boolean isFed = feeders.containsKey("stream " + trial.stream());
            trial.take(trial.stream().equals(Bus.EVENTS) ? events * queues : isFed ? events : 0);
        }
        onQueues.run();
    }
}
