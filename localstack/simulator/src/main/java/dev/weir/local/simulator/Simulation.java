package dev.weir.local.simulator;

import dev.weir.port.Streams;
import java.util.Optional;

/**
 * One run of a scenario in virtual time: everything that happens, and in which order, follows from the seed and the plan. The same seed
 * gives the same run on every machine. Used once, by one thread.
 */
public final class Simulation {
    private static final int LOOK_MILLIS_MAX = 9_000;
    private static final int OPERATIONS_MAX = 60;

    private final Scenario scenario;
    private final long seed;
    private final FaultPlan plan;
    private final Trace trace;

    /**
     * @param scenario what is simulated; a fresh one
     * @param seed what is random comes from this number
     * @param plan what goes wrong
     * @param trace who wants to see
     */
    public Simulation(Scenario scenario, long seed, FaultPlan plan, Trace trace) {
        this.scenario = scenario;
        this.seed = seed;
        this.plan = plan;
        this.trace = trace;
    }

    /** Plays the run to its end. Whatever is thrown by the bot or by an audit is in the report. */
    public Report run() {
        try (World world = new World(scenario.setup(), seed, plan, trace)) {
            return new Report(violation(world), world.faults.struck());
        }
    }

    private Optional<Throwable> violation(World world) {
        try {
            play(world);
            return Optional.empty();
        } catch (AssertionError | RuntimeException e) {
            return Optional.of(e);
        }
    }

    private void play(World world) {
        scenario.begin(world.stage);
        Producers producers = new Producers(scenario, world);
        producers.start();
        new Operator(world).start();
        world.agenda.inBackground(world.random.nextInt(LOOK_MILLIS_MAX), () -> {
            if (!producers.isDone()) {
                scenario.look(world.evidence(producers.given()));
            }
        });
        world.play(producers::isDone);
        world.rest();
        Evidence evidence = world.evidence(producers.given());
        world.auditQueue(evidence);
        scenario.audit(evidence);
        if (operate(world, producers)) {
            world.rest();
            Evidence afterwards = world.evidence(producers.given());
            world.auditQueue(afterwards);
            scenario.auditAfterwards(afterwards);
        }
    }

    /** An operator acts, with every fault again, until he has nothing left to do; answers whether he did anything. */
    private boolean operate(World world, Producers producers) {
        Streams streams = new SimulatedStreams(
                world.kinesis, world.agenda, world.faults, new Network(world.agenda, world.faults));
        int rounds = 0;
        while (scenario.operate(world.evidence(producers.given()), streams, world.agenda)) {
            world.play(() -> true);
            if (++rounds > OPERATIONS_MAX) {
                throw new AssertionError("the operator does not come to an end: rounds=" + rounds);
            }
        }
        return rounds > 0;
    }
}
