package dev.weir.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.flow.ParkedEvent;
import dev.weir.graph.Decoded;
import dev.weir.local.simulator.Evidence;
import dev.weir.model.Json;
import dev.weir.port.Streams;
import dev.weir.port.Time;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What becomes of events that a version cannot take as the one before left them: they wait, with a reason, for one that can; under every fault. */
class UnfitVersionsTest {
    private static final int SEEDS = 8;
    private static final int OUTBOXES = 5;
    private static final long MENDED_MILLIS = Duration.ofMinutes(3).toMillis();

    private static KeyedStage<Sale> shops() {
        return Pipeline.from(Feed.stream(SalesPipeline.STREAM, Sale.CODEC))
                .filter(Sale::isWanted)
                .keyBy("shop", Sale::shop, Sale.CODEC)
                .dedupeBy(Sale::businessId, Duration.ofDays(1));
    }

    // ------------------------------------------------------------------ what travels

    private static Pipeline travelling(String step, Codec<Sale> codec) {
        return Pipeline.of(
                SalesPipeline.BOT,
                shops().keyBy(step, Sale::city, codec)
                        .<Long, String>process("cities", Codec.integer(), (event, count, results) -> {
                            count.set(count.or(0L) + 1);
                            results.add(event.key() + " " + event.value().n() + " " + count.or(0L));
                        })
                        .to(To.queue("cities", Codec.text())));
    }

    /** Reads nothing that another version wrote. */
    private static final class InBrackets implements Codec<Sale> {
        @Override
        public Json encode(Sale value) {
            return Json.of("[" + Sale.CODEC.encode(value) + "]");
        }

        @Override
        public Decoded<Sale> decode(Json text) {
            String line = text.toString();
            return line.startsWith("[")
                    ? Sale.CODEC.decode(Json.of(line.substring(1, line.length() - 1)))
                    : Decoded.refused("no sale in brackets");
        }

        @Override
        public String type() {
            return "sale in brackets";
        }
    }

    @Test
    void whatTravelsToAStepThatIsGoneIsParkedAndTakesEffectWhenItIsPutBackToAVersionThatHasIt() {
        playTravelling(
                travelling("town", Sale.CODEC),
                "an event travelled to a step that is not there: step=city bot=sales"
                        + "; another version of the bot sent it: put it back when the step is there again");
    }

    @Test
    void whatTravelsInAFormThatTheNextVersionCannotReadIsParkedAndTakesEffectWhenItIsPutBackToOneThatCan() {
        playTravelling(travelling("city", new InBrackets()), "no sale in brackets");
    }

    /** The other version is deployed when a few commits have sent something on its way. */
    private static void playTravelling(Pipeline other, String reason) {
        Pipeline first = travelling("city", Sale.CODEC);
        List<ParkedEvent> parked = new ArrayList<>();
        SalesStory.play(
                SEEDS,
                first,
                (world, stage) -> {
                    int[] left = {OUTBOXES};
                    stage.onChange(world.bus.checkpoints(), (key, item) -> {
                        boolean isOutbox =
                                item.isPresent() && String.valueOf(key.sort()).startsWith("outbox#");
                        if (isOutbox && --left[0] == 0) {
                            world.deployments.deploy(other);
                        }
                    });
                },
                (world, evidence, streams, time) -> {
                    world.deployments.deploy(first);
                    return putBack(reason, parked, world, evidence, streams, time);
                },
                (_, evidence, _, _) -> {
                    SalesWorld.plain(evidence).auditCitiesInAnyOrder();
                    return true;
                });
        assertThat(parked).as("what did not arrive").isNotEmpty();
    }

    /** Answers whether nothing was left to be put back. */
    private static boolean putBack(
            String reason, List<ParkedEvent> parked, SalesWorld world, Evidence evidence, Streams streams, Time time) {
        Optional<List<ParkedEvent>> left =
                world.putBack(event -> event.reason().contains(reason), evidence, streams, time);
        left.ifPresent(parked::addAll);
        return left.filter(List::isEmpty).isPresent();
    }

    // ------------------------------------------------------------------ what is kept

    interface Counted {
        long count();
    }

    /** Holder of the state as it is first. */
    static final class First {
        record Kept(long count) implements Counted {}
    }

    /** Holder of the state with a field more, without which it cannot be read. */
    static final class Then {
        record Kept(long count, long sum) implements Counted {}
    }

    private static Pipeline counting(Codec<? extends Counted> codec, boolean isFirst) {
        return Pipeline.of(
                SalesPipeline.BOT,
                shops().<Counted, String>process("count", Stage.<Codec<Counted>>cast(codec), (event, kept, results) -> {
                            long count = kept.or(new First.Kept(0)).count() + 1;
                            kept.set(isFirst ? new First.Kept(count) : new Then.Kept(count, 0));
                            results.add(event.key() + " " + event.value().n() + " " + count);
                        })
                        .to(To.queue("counts", Codec.text())));
    }

    /** The same codec by another name. */
    private record Named(Codec<First.Kept> codec, String type) implements Codec<First.Kept> {
        @Override
        public Json encode(First.Kept value) {
            return codec.encode(value);
        }

        @Override
        public Decoded<First.Kept> decode(Json text) {
            return codec.decode(text);
        }
    }

    @Test
    void aStepWhoseStateHasAnotherTypeTakesNothingUntilAVersionIsDeployedThatCanReadIt() {
        playKeeping(
                counting(new Named(Codec.of(First.Kept.class), "other"), true),
                "a step cannot read the state that it kept before: bot=sales step=count before=process of Kept"
                        + " now=process of other; give the new step another name, and the old state stays as it is");
    }

    @Test
    void aStepThatCannotReadItsStateThoughItsTypeHasTheNameTakesNothingUntilAVersionIsDeployedThatCan() {
        playKeeping(counting(Codec.of(Then.Kept.class), false), "a step cannot read its state: step=count type=Kept");
    }

    private static void playKeeping(Pipeline other, String reason) {
        Pipeline first = counting(Codec.of(First.Kept.class), true);
        List<ParkedEvent> parked = new ArrayList<>();
        List<String> refusals = new ArrayList<>();
        SalesStory.play(
                SEEDS,
                first,
                (_, _) -> {},
                (world, _, streams, time) -> {
                    world.send(world.ofEachLane(10_000, 1), streams, time);
                    return true;
                },
                (world, _, streams, time) -> {
                    world.deployments.deploy(other);
                    world.send(world.ofEachLane(20_000, 1), streams, time);
                    world.stage.orElseThrow().after(MENDED_MILLIS, () -> world.deployments.deploy(first));
                    return true;
                },
                (world, evidence, streams, time) -> putBack(reason, parked, world, evidence, streams, time),
                (world, evidence, _, _) -> {
                    SalesWorld.plain(evidence).auditCounts();
                    for (int lane = 0; lane < SalesWorld.LANES; lane++) {
                        String name = world.ofEachLane(0, 1).get(lane).shop();
                        assertThat(SalesWorld.all(evidence, "counts"))
                                .filteredOn(line -> line.startsWith(name + " "))
                                .containsExactly(
                                        name + " " + (10_000 + 7 * lane) + " 1",
                                        name + " " + (20_000 + 7 * lane) + " 2");
                    }
                    refusals.addAll(world.deployments.refusals());
                    return true;
                });
        parked.forEach(event -> refusals.add(event.reason()));
        assertThat(refusals).as("what was said").isNotEmpty().allMatch(refusal -> refusal.contains(reason));
    }
}
