package dev.weir.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.pipeline.SalesPipeline.Part;
import org.junit.jupiter.api.Test;

/** What becomes of steps that are taken out of a pipeline and come back, with every fault. */
class RedeployedStepsTest {
    private static final int SEEDS = 8;
    private static final Pipeline WITH_WINDOWS = SalesPipeline.of(Part.WINDOWS, Part.JOINS);
    private static final Pipeline WITHOUT_WINDOWS = SalesPipeline.of(Part.JOINS);
    private static final Pipeline WITHOUT_TIME = SalesPipeline.of();

    @Test
    void windowsThatEndWhileTheirStepIsGoneGiveTheirResultsWhenItComesBack() {
        play(WITHOUT_WINDOWS);
    }

    @Test
    void windowsThatEndWhileNoStepAsksForTheTimeGiveTheirResultsWhenTheirStepComesBack() {
        play(WITHOUT_TIME);
    }

    private static void play(Pipeline between) {
        SalesStory.play(
                SEEDS,
                WITH_WINDOWS,
                (_, _) -> {},
                (world, _, streams, time) -> {
                    world.deployments.deploy(between);
                    world.send(world.ofEachLane(10_000, SalesScenario.ENDED_HOUR), streams, time);
                    return true;
                },
                (world, evidence, streams, time) -> {
                    assertThat(SalesWorld.lines(evidence, "windows")).isEmpty();
                    world.deployments.deploy(WITH_WINDOWS);
                    world.send(world.ofEachLane(20_000, SalesScenario.ENDED_HOUR), streams, time);
                    return true;
                },
                (_, evidence, _, _) -> {
                    PlainSales plain = SalesWorld.plain(evidence);
                    plain.auditCounts();
                    plain.auditWindows();
                    return true;
                });
    }
}
