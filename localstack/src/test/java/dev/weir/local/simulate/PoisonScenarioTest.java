package dev.weir.local.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.local.simulator.FaultPlan;
import dev.weir.local.simulator.Report;
import dev.weir.local.simulator.Simulation;
import dev.weir.local.simulator.Trace;
import org.junit.jupiter.api.Test;

/** Parking by key, with every fault. With {@code -Dweir.poison.seeds=10000} so many seeds are played. */
class PoisonScenarioTest {
    private static final int SEEDS = Integer.getInteger("weir.poison.seeds", 300);

    @Test
    void poisonIsParkedWithAllThatFollowsOfItsKeyAndNothingElseIsTouched() {
        for (long seed = 0; seed < SEEDS; seed++) {
            Report report = new Simulation(new PoisonScenario(), seed, FaultPlan.EVERYTHING, Trace.NONE).run();
            assertThat(report.text()).as("seed=" + seed).isEqualTo("sound");
        }
    }
}
