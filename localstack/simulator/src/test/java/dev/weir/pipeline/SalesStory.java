package dev.weir.pipeline;

import dev.weir.local.simulator.Evidence;
import dev.weir.local.simulator.FaultPlan;
import dev.weir.local.simulator.Report;
import dev.weir.local.simulator.Scenario;
import dev.weir.local.simulator.Setup;
import dev.weir.local.simulator.Simulation;
import dev.weir.local.simulator.Stage;
import dev.weir.local.simulator.Submission;
import dev.weir.local.simulator.Trace;
import dev.weir.port.Streams;
import dev.weir.port.Time;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Events of {@link SalesWorld} under every fault, and then chapters one after another, each of which begins when all is at rest. */
final class SalesStory implements Scenario {

    /** Something an operator does, or finds. */
    interface Chapter {
        /** Answers whether it is over; else it is told again when all is at rest. */
        boolean tell(SalesWorld world, Evidence evidence, Streams streams, Time time);
    }

    /** What is planned before anything happens. */
    interface Beginning {
        void plan(SalesWorld world, Stage stage);
    }

    private final SalesWorld world;
    private final Beginning beginning;
    private final List<Chapter> chapters;
    private int next;

    private SalesStory(Pipeline first, Beginning beginning, List<Chapter> chapters) {
        this.world = new SalesWorld(first);
        this.beginning = beginning;
        this.chapters = chapters;
    }

    /** Plays a story again and again, with other faults each time. */
    static void play(int seeds, Pipeline first, Beginning beginning, Chapter... chapters) {
        for (long seed = 0; seed < seeds; seed++) {
            SalesStory story = new SalesStory(first, beginning, List.of(chapters));
            Report report = new Simulation(story, seed, FaultPlan.EVERYTHING, Trace.NONE).run();
            if (!report.isSound()) {
                throw new AssertionError(
                        "seed=" + seed + ": " + report.text(),
                        report.violation().orElseThrow());
            }
        }
    }

    @Override
    public Setup setup() {
        return world.setup();
    }

    @Override
    public List<Submission> submissions(RandomGenerator random) {
        return SalesWorld.submissions(random, false);
    }

    @Override
    public boolean operate(Evidence evidence, Streams streams, Time time) {
        if (next == chapters.size()) {
            return false;
        }
        next += chapters.get(next).tell(world, evidence, streams, time) ? 1 : 0;
        return true;
    }

    @Override
    public void begin(Stage stage) {
        world.stage = Optional.of(stage);
        beginning.plan(world, stage);
    }

    @Override
    public void look(Evidence evidence) {}

    @Override
    public void audit(Evidence evidence) {}
}
