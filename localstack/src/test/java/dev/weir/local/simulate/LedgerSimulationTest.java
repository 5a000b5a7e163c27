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
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The ledger in the simulator, as {@code ./weir simulate} runs it. */
class LedgerSimulationTest {
    private static final long SEEDS = Long.getLong("weir.seeds", 2_000);
    private static final long SHAPED_SEEDS = 60;

    private static Report run(long seed, FaultPlan plan, int lanes, int shards) {
        return new Simulation(new LedgerScenario(lanes, shards, 500), seed, plan, Trace.NONE).run();
    }

    @Test
    void theBooksAreRightWhateverGoesWrong() throws InterruptedException {
        Campaign campaign = new Campaign(seed -> run(seed, FaultPlan.EVERYTHING, 4, 2), 1);
        long startNanos = System.nanoTime();
        Optional<Campaign.Failure> failure =
                campaign.play(SEEDS, Runtime.getRuntime().availableProcessors(), () -> true);
        System.out.printf(
                "%d simulated runs of the ledger, %.0f a second, %d faults%n",
                campaign.done(),
                campaign.done() * 1e9 / (System.nanoTime() - startNanos),
                campaign.struck().values().stream().mapToLong(Long::longValue).sum());
        assertThat(failure)
                .as("./weir simulate --seeds 1 --from %s", failure.map(Campaign.Failure::seed))
                .isEmpty();
        Set<Fault> meetable = EnumSet.allOf(Fault.class);
        meetable.removeAll(EnumSet.range(Fault.OBJECT_REFUSED, Fault.OBJECT_UNAVAILABLE));
        meetable.removeAll(EnumSet.range(Fault.START_REFUSED, Fault.BOT_SET_BACK));
        assertThat(campaign.struck().keySet())
                .as(
                        "faults that struck: the ledger stores no objects and is started by its stream, everything else it must have met")
                .isEqualTo(meetable);
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "1, 3", "2, 2", "7, 3", "16, 1", "16, 4"})
    void theBooksAreRightWithOtherLanesAndShards(int lanes, int shards) {
        for (long seed = 1; seed <= SHAPED_SEEDS; seed++) {
            Report report = run(seed, FaultPlan.EVERYTHING, lanes, shards);
            assertThat(report.violation())
                    .as("lanes=%d shards=%d seed=%d", lanes, shards, seed)
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({"none", "crashes", "network", "delivery", "producers"})
    void theBooksAreRightWithSomeFaults(String plan) {
        for (long seed = 1; seed <= SHAPED_SEEDS; seed++) {
            Report report = run(seed, FaultPlan.parse(plan), 4, 2);
            assertThat(report.violation()).as("plan=%s seed=%d", plan, seed).isEmpty();
        }
    }

    @Test
    void theSameSeedGivesTheSameTraceInAnyLocaleAndTimeZone() throws IOException, InterruptedException {
        String here = trace();
        assertThat(here.lines()).hasSizeGreaterThan(500);
        for (List<String> options : List.of(
                List.of("-Duser.language=tr", "-Duser.country=TR", "-Duser.timezone=Asia/Kathmandu"),
                List.of("-Duser.language=ar", "-Duser.country=EG", "-Duser.timezone=America/St_Johns", "-Xint"))) {
            assertThat(traceOfAnotherProcess(options)).as("options=%s", options).isEqualTo(here);
        }
    }

    @Test
    void aRunThatIsStruckWhereAnotherWasGoesTheSameWay() {
        StringBuilder first = new StringBuilder();
        Report report = new Simulation(new LedgerScenario(), 5, FaultPlan.EVERYTHING, Trace.to(first)).run();
        StringBuilder again = new StringBuilder();
        new Simulation(
                        new LedgerScenario(),
                        5,
                        FaultPlan.parse(FaultPlan.of(report.struck()).text()),
                        Trace.to(again))
                .run();
        assertThat(again.toString()).isEqualTo(first.toString());
    }

    private static String trace() {
        StringBuilder trace = new StringBuilder();
        for (long seed = 1; seed <= 3; seed++) {
            new Simulation(new LedgerScenario(), seed, FaultPlan.EVERYTHING, Trace.to(trace)).run();
        }
        return trace.toString();
    }

    private static String traceOfAnotherProcess(List<String> options) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path")));
        command.addAll(options);
        command.add(LedgerSimulationTest.class.getName());
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            String trace = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor()).isZero();
            return trace;
        } finally {
            process.destroyForcibly();
        }
    }

    /** Prints the trace: the other process. */
    public static void main(String[] args) {
        byte[] trace = trace().getBytes(StandardCharsets.UTF_8);
        System.out.write(trace, 0, trace.length);
        System.out.flush();
    }
}
