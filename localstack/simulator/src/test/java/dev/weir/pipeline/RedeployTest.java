package dev.weir.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.local.simulator.Fault;
import dev.weir.local.simulator.FaultPlan;
import dev.weir.local.simulator.Report;
import dev.weir.local.simulator.Simulation;
import dev.weir.local.simulator.Trace;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Pipelines are resharded and deployed anew while events are on their way, with every fault there is: what comes out is what a plain
 * program makes of the same events. With {@code -Dweir.redeploy.seeds=10000} so many seeds are played.
 */
class RedeployTest {
    private static final int SEEDS = Integer.getInteger("weir.redeploy.seeds", 30);

    private static FaultPlan everythingAndMore() {
        Map<Fault, Double> probabilities = new EnumMap<>(FaultPlan.EVERYTHING.probabilities());
        probabilities.put(Fault.RESHARD, 0.3);
        probabilities.put(Fault.KILLED_AFTER, 0.01);
        return new FaultPlan(probabilities, Map.of());
    }

    @Test
    void aPipelineWhoseStreamIsReshardedAllTheTimeCountsOnceAndInOrder() {
        for (long seed = 0; seed < SEEDS; seed++) {
            play(SalesScenario.ofOneVersion(), seed);
        }
    }

    @Test
    void stepsThatAreAddedRemovedOrMovedLeaveTheOthersAsTheyAre() {
        Map<String, Integer> caught = new TreeMap<>();
        for (long seed = 0; seed < SEEDS; seed++) {
            SalesScenario scenario = SalesScenario.ofSeveralVersions();
            play(scenario, seed);
            scenario.caught().forEach((what, count) -> caught.merge(what, count, Integer::sum));
        }
        assertThat(caught).as("what versions left to each other").hasSize(4).allSatisfy((_, count) -> assertThat(count)
                .isPositive());
    }

    private static void play(SalesScenario scenario, long seed) {
        Report report = new Simulation(scenario, seed, everythingAndMore(), Trace.NONE).run();
        report.violation().ifPresent(violation -> {
            throw new AssertionError("seed=" + seed + ": " + violation.getMessage(), violation);
        });
    }
}
