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
 * Several versions of a bot are alive at once, with every fault there is: each lane is served by the one that has it, and what comes out is
 * what a plain program makes of the same events. With {@code -Dweir.versions.seeds=10000} so many seeds are played.
 */
class VersionsTest {
    private static final int SEEDS = Integer.getInteger("weir.versions.seeds", 60);

    private static FaultPlan everythingAndMore() {
        Map<Fault, Double> probabilities = new EnumMap<>(FaultPlan.EVERYTHING.probabilities());
        probabilities.put(Fault.RESHARD, 0.2);
        probabilities.put(Fault.FROZEN, 0.1);
        return new FaultPlan(probabilities, Map.of());
    }

    @Test
    void versionsTakeOverFromEachOtherAndBackAndNobodyServesALaneThatIsNotHis() {
        Map<String, Integer> seen = new TreeMap<>();
        for (long seed = 0; seed < SEEDS; seed++) {
            VersionsScenario scenario = new VersionsScenario();
            Report report = new Simulation(scenario, seed, everythingAndMore(), Trace.NONE).run();
            if (!report.isSound()) {
                throw new AssertionError(
                        "seed=" + seed + ": " + report.text(),
                        report.violation().orElseThrow());
            }
            scenario.seen().forEach((what, count) -> seen.merge(what, count, Integer::sum));
        }
        System.out.println("versions: seeds=" + SEEDS + " " + seen);
        assertThat(seen).as("what happened").hasSize(5).allSatisfy((_, count) -> assertThat(count)
                .isPositive());
    }
}
