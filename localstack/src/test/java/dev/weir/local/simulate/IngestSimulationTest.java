package dev.weir.local.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.local.simulator.Campaign;
import dev.weir.local.simulator.FaultPlan;
import dev.weir.local.simulator.Report;
import dev.weir.local.simulator.Simulation;
import dev.weir.local.simulator.Trace;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The bus in the simulator: several producers of all kinds, queues that all shards write, and every fault. */
class IngestSimulationTest {
    private static final long SEEDS = Long.getLong("weir.seeds", 200);
    private static final long SHAPED_SEEDS = 15;

    private static Report run(long seed, FaultPlan plan, int lanes, int shards) {
        return new Simulation(new IngestScenario(lanes, shards, 400), seed, plan, Trace.NONE).run();
    }

    @Test
    void everyEventIsInItsQueueOnceAndInOrderWhateverGoesWrong() throws InterruptedException {
        Campaign campaign = new Campaign(seed -> run(seed, FaultPlan.EVERYTHING, 4, 2), 1);
        Optional<Campaign.Failure> failure =
                campaign.play(SEEDS, Runtime.getRuntime().availableProcessors(), () -> true);
        assertThat(failure.flatMap(each -> each.report().violation()))
                .as("seed %s", failure.map(Campaign.Failure::seed))
                .isEmpty();
        assertThat(campaign.done()).isEqualTo(SEEDS);
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "1, 3", "2, 2", "7, 3", "16, 4"})
    void soItIsWithOtherLanesAndShards(int lanes, int shards) {
        for (long seed = 1; seed <= SHAPED_SEEDS; seed++) {
            Report report = run(seed, FaultPlan.EVERYTHING, lanes, shards);
            assertThat(report.violation())
                    .as("lanes=%d shards=%d seed=%d", lanes, shards, seed)
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({"none", "crashes", "network", "delivery", "producers"})
    void soItIsWithSomeFaults(String plan) {
        for (long seed = 1; seed <= SHAPED_SEEDS; seed++) {
            Report report = run(seed, FaultPlan.parse(plan), 4, 2);
            assertThat(report.violation()).as("plan=%s seed=%d", plan, seed).isEmpty();
        }
    }
}
