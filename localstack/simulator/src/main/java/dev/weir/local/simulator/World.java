package dev.weir.local.simulator;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;

/**
 * Everything but producers: clock, faults, Kinesis, the mapping, Lambda, DynamoDB, the schedule, the operator, and readers who follow the
 * bot's queue. Used by one thread; to be closed.
 */
final class World implements AutoCloseable {
    static final long START_MILLIS = 1_800_000_000_000L;

    /** Before records expire; the longest of thousands of runs took 75 minutes. */
    private static final long LIFE_MILLIS_MAX = Duration.ofHours(6).toMillis();

    private static final int TICK_MILLIS = 60_000;
    private static final int FOLLOW_MILLIS_MAX = 4_000;
    private static final int BATCH_MIN = 8;
    private static final int BATCH_MAX = 160;
    private static final int WINDOW_MILLIS_MAX = 2_000;
    private static final int BISECTING_ONE_OF = 4;
    private static final int STEPS_MAX = 200_000;
    private static final int REST_TICKS_MIN = 2;
    private static final int REST_TICKS_MAX = 10;

    final Setup setup;
    final Agenda agenda = new Agenda(START_MILLIS);
    final Trace trace;
    final Faults faults;
    final Store store;
    final Kinesis kinesis;
    final Lambda lambda;
    final SplittableRandom random;
    final Stage stage;
    private final Mapping mapping;
    private final Map<String, Follower> followers = new TreeMap<>();
    private final Chunks chunks = new Chunks();
    private int steps;

    World(Setup setup, long seed, FaultPlan plan, Trace trace) {
        this.setup = setup;
        this.trace = line -> trace.line(() -> agenda.epochMillis() - START_MILLIS + " " + line.get());
        this.faults = new Faults(seed, plan, this.trace);
        this.random = new SplittableRandom(seed);
        this.store = new Store(agenda, this.trace, setup.bus().queues().name());
        this.kinesis = new Kinesis(agenda, this.trace, setup.streamName(), setup.shards());
        this.lambda = new Lambda(agenda, faults, this.trace, store, kinesis, setup.function());
        this.mapping = new Mapping(
                agenda,
                faults,
                this.trace,
                kinesis,
                lambda,
                BATCH_MIN + random.nextInt(BATCH_MAX - BATCH_MIN),
                Duration.ofMillis(random.nextInt(WINDOW_MILLIS_MAX)),
                random.nextInt(BISECTING_ONE_OF) == 0);
        this.stage = new Stage(this, seed);
        agenda.inBackground(TICK_MILLIS, this::tick);
        agenda.inBackground(random.nextInt(FOLLOW_MILLIS_MAX), this::follow);
    }

    /** Lets things happen until nothing is on its way. */
    void play(BooleanSupplier isDone) {
        while (agenda.isBusy() || lambda.isRunning() || stage.isRunning() || !isDone.getAsBoolean()) {
            step();
        }
    }

    /** Lets things happen until so much time has passed. */
    void playFor(Duration duration) {
        boolean[] isOver = {false};
        agenda.after(duration.toMillis(), () -> isOver[0] = true);
        while (!isOver[0]) {
            step();
        }
    }

    private void step() {
        agenda.step();
        if (++steps > STEPS_MAX || agenda.epochMillis() > START_MILLIS + LIFE_MILLIS_MAX) {
            throw new AssertionError("the bot does not come to rest: steps=" + steps + " virtualSeconds="
                    + (agenda.epochMillis() - START_MILLIS) / 1_000);
        }
    }

    /** Without faults: ticks let go what waits for time alone. */
    void rest() {
        faults.calm(true);
        int ticks = REST_TICKS_MAX + stage.restTicks();
        for (int i = 0; i < ticks && !(i >= REST_TICKS_MIN && isAtRest() && stage.isAtRest()); i++) {
            agenda.pause(Duration.ofMillis(TICK_MILLIS));
            lambda.tick();
            stage.tick();
            play(() -> true);
        }
        requireAllTaken();
        faults.calm(false);
    }

    /** Whatever is in the stream must have been taken. */
    void requireAllTaken() {
        List<String> unfinished = mapping.unfinished();
        if (!unfinished.isEmpty()) {
            throw new AssertionError("records were left in the stream: shards=" + unfinished);
        }
    }

    private boolean isAtRest() {
        Evidence evidence = evidence(List.of());
        return evidence.lanes().stream()
                .allMatch(lane -> evidence.kept(lane, "held#").isEmpty()
                        && evidence.kept(lane, "outbox#").isEmpty());
    }

    private void tick() {
        if (!faults.strike(Fault.TICK_MISSED)) {
            lambda.tick();
        }
        if (faults.strike(Fault.TICK_TWICE)) {
            lambda.tick();
        }
        agenda.inBackground(TICK_MILLIS, this::tick);
    }

    private void follow() {
        setup.followed().forEach(queue -> follower(queue).look());
        agenda.inBackground(1 + random.nextInt(FOLLOW_MILLIS_MAX), this::follow);
    }

    private Follower follower(String physical) {
        return followers.computeIfAbsent(physical, _ -> new Follower(setup.bus(), physical, store, agenda));
    }

    Evidence evidence(List<Submission> given) {
        return new Evidence(setup, given, store, kinesis, chunks);
    }

    /** What holds for the queue of every bot: whoever followed it saw every event once and in order, and nothing appeared behind his back. */
    void auditQueue(Evidence evidence) {
        for (String queue : setup.followed()) {
            List<String> stored = evidence.queue(queue);
            List<String> seen = follower(queue).finish();
            if (!seen.equals(stored)) {
                throw new AssertionError(
                        "a reader that followed all along did not see every event once, in order: queue=" + queue
                                + " seen=" + seen.size() + " stored=" + stored.size());
            }
            List<Long> since = evidence.chunksSeenSince(queue);
            if (!since.equals(since.stream().sorted().toList())) {
                throw new AssertionError("events became visible below others that were visible: queue=" + queue);
            }
        }
    }

    /** Ends invocations that still stand somewhere. */
    @Override
    public void close() {
        lambda.close();
        stage.close();
        chunks.close();
    }
}
