package dev.weir.local.simulator;

import dev.weir.model.Json;
import dev.weir.writer.Producer;
import dev.weir.writer.SteppedWriter;
import dev.weir.writer.WriterLimits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A world that is told step by step what to do, for tests of bots. Used by one thread; to be closed. */
public final class ScriptedWorld implements AutoCloseable {
    private static final int RECORD_EVENTS_MAX = 5;
    private static final int RECORD_BYTES_MAX = 64 * 1024;
    private static final Duration LOOK = Duration.ofMillis(10);
    private static final Duration UNTIL = Duration.ofHours(10);

    private final World world;
    private final SimulatedStreams streams;
    private final List<Submission> given = new ArrayList<>();
    private SteppedWriter writer;

    /**
     * @param setup what is deployed
     * @param seed what is random comes from this number
     * @param plan what goes wrong
     */
    public ScriptedWorld(Setup setup, long seed, FaultPlan plan) {
        this.world = new World(setup, seed, plan, Trace.NONE);
        this.streams = new SimulatedStreams(
                world.kinesis, world.agenda, world.faults, new Network(world.agenda, world.faults));
        this.writer = newWriter();
        new Operator(world).startFaults();
    }

    private SteppedWriter newWriter() {
        Producer producer = Producer.fresh(
                "test", world.setup.streamName(), world.setup.bus().lanes());
        WriterLimits limits = WriterLimits.DEFAULTS
                .withRecord(RECORD_BYTES_MAX, 1 + world.random.nextInt(RECORD_EVENTS_MAX))
                .withRetry(UNTIL, Duration.ofMillis(20), Duration.ofSeconds(2));
        return new SteppedWriter(streams, producer, world.agenda, world.random, limits);
    }

    /** Sends events through a writer that may crash and begin again; returns when they are in the stream. */
    public void put(List<Submission> events) {
        given.addAll(events);
        write(events);
        while (!writer.isDrained()) {
            if (world.faults.strike(Fault.PRODUCER_CRASH)) {
                writer = newWriter();
                write(given);
            }
            if (!writer.step()) {
                world.playFor(LOOK);
            }
        }
    }

    private void write(List<Submission> events) {
        events.forEach(event -> writer.put(event.key(), Json.of(event.line())));
        writer.flush();
    }

    /** Lets the bot work until nothing is on its way. Time passes as the bot's calls and the faults take it; what waits for a gap goes on waiting. */
    public Evidence settle() {
        world.play(() -> true);
        world.requireAllTaken();
        return world.evidence(given);
    }

    /** Lets time pass; the schedule ticks once a minute. */
    public void advance(Duration duration) {
        world.playFor(duration);
    }

    /** Ends the run without faults: everything is taken, whatever waits is let go, and what holds for every queue is audited. */
    public void finish() {
        world.play(() -> true);
        world.rest();
        world.auditQueue(world.evidence(given));
    }

    /** The faults that struck so far, in order. */
    public List<Strike> struck() {
        return world.faults.struck();
    }

    /** How many opportunities a fault has had so far. */
    public int opportunities(Fault fault) {
        return world.faults.opportunities(fault);
    }

    @Override
    public void close() {
        world.close();
    }
}
