package dev.weir.local.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.local.simulator.Campaign;
import dev.weir.local.simulator.Fault;
import dev.weir.local.simulator.FaultPlan;
import dev.weir.local.simulator.Report;
import dev.weir.local.simulator.Simulation;
import dev.weir.local.simulator.Trace;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The whole bus in the simulator, as {@code ./weir simulate --scenario bus} runs it. */
class BusSimulationTest {
    private static final long SEEDS = Long.getLong("weir.seeds", 200);
    private static final long SHAPED_SEEDS = 5;

    private static Report run(long seed, FaultPlan plan, int lanes, int shards) {
        return new Simulation(new BusScenario(lanes, shards, 160), seed, plan, Trace.NONE).run();
    }

    @Test
    void everyEventTakesEffectOnceInEachPassAndIsSeenByAllReadersWhateverGoesWrong() throws InterruptedException {
        Campaign campaign = new Campaign(seed -> run(seed, FaultPlan.EVERYTHING, 4, 2), 1);
        Optional<Campaign.Failure> failure =
                campaign.play(SEEDS, Runtime.getRuntime().availableProcessors(), () -> true);
        assertThat(failure.flatMap(each -> each.report().violation()))
                .as("./weir simulate --scenario bus --seeds 1 --from %s", failure.map(Campaign.Failure::seed))
                .isEmpty();
        assertThat(campaign.done()).isEqualTo(SEEDS);
        assertThat(campaign.struck().keySet())
                .as("faults of bots that struck")
                .containsAll(EnumSet.range(Fault.START_REFUSED, Fault.BOT_SET_BACK));
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "1, 3", "3, 2", "8, 4"})
    void soItIsWithOtherLanesAndShards(int lanes, int shards) {
        for (long seed = 1; seed <= SHAPED_SEEDS; seed++) {
            Report report = run(seed, FaultPlan.EVERYTHING, lanes, shards);
            assertThat(report.violation())
                    .as("lanes=%d shards=%d seed=%d", lanes, shards, seed)
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({"none", "crashes", "network", "delivery", "producers", "bots"})
    void soItIsWithSomeFaults(String plan) {
        for (long seed = 1; seed <= SHAPED_SEEDS; seed++) {
            Report report = run(seed, FaultPlan.parse(plan), 4, 2);
            assertThat(report.violation()).as("plan=%s seed=%d", plan, seed).isEmpty();
        }
    }

    @Test
    void theSameSeedGivesTheSameTraceInAnotherProcess() throws IOException, InterruptedException {
        String here = trace();
        assertThat(here.lines()).hasSizeGreaterThan(500);
        Process process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        "-Duser.language=ar",
                        "-Duser.country=EG",
                        "-Duser.timezone=America/St_Johns",
                        BusSimulationTest.class.getName()))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            String there = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor()).isZero();
            assertThat(there).isEqualTo(here);
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void aRunThatIsStruckWhereAnotherWasGoesTheSameWay() {
        StringBuilder first = new StringBuilder();
        Report report = new Simulation(new BusScenario(), 5, FaultPlan.EVERYTHING, Trace.to(first)).run();
        StringBuilder again = new StringBuilder();
        FaultPlan strikes = FaultPlan.parse(FaultPlan.of(report.struck()).text());
        new Simulation(new BusScenario(), 5, strikes, Trace.to(again)).run();
        assertThat(again.toString()).isEqualTo(first.toString());
    }

    private static String trace() {
        StringBuilder trace = new StringBuilder();
        for (long seed = 1; seed <= 2; seed++) {
            new Simulation(new BusScenario(), seed, FaultPlan.EVERYTHING, Trace.to(trace)).run();
        }
        return trace.toString();
    }

    /** Prints the trace: the other process. */
    public static void main(String[] args) {
        byte[] trace = trace().getBytes(StandardCharsets.UTF_8);
        System.out.write(trace, 0, trace.length);
        System.out.flush();
    }
}
