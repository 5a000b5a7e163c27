package dev.weir.functions.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.bot.FanOut;
import dev.weir.bot.RunOutcome;
import dev.weir.bot.SourceRun;
import dev.weir.flow.Takeover;
import dev.weir.flow.Version;
import dev.weir.graph.Puller;
import dev.weir.model.Json;
import dev.weir.model.Record;
import dev.weir.pipeline.Codec;
import dev.weir.pipeline.Feed;
import dev.weir.pipeline.Lookup;
import dev.weir.pipeline.Pipeline;
import dev.weir.pipeline.To;
import dev.weir.port.Item;
import dev.weir.port.Items;
import dev.weir.port.Key;
import dev.weir.port.StoreUnavailableException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Versions of a bot that are alive at once: which one serves a lane, how another one takes it over, and how an operator goes back. */
class VersionTest {
    private static final Version V6 = new Version(6);
    private static final Version V7 = new Version(7);
    private static final Version V8 = new Version(8);

    private static Delivery<Transfer, BigDecimal, Decided> by(
            World<Transfer, BigDecimal, Decided> world, Version version) {
        return Small.delivery(world).by(() -> world.copy(Plan.NO_FAULTS, version));
    }

    private static Takeover takeover(World<?, ?, ?> world, Items items) {
        return new Takeover(world.bus, world.graph.name(), items, world.time);
    }

    private static List<Takeover.State> states(World<?, ?, ?> world) {
        return takeover(world, world.items).lanes(world.lanes());
    }

    private static List<Item> checkpoints(World<?, ?, ?> world) {
        return world.items.getAll(world.lanes().stream()
                .map(lane -> new Key(world.bus.checkpoints(), world.graph.name() + "/" + lane.text(), "checkpoint"))
                .toList());
    }

    // ------------------------------------------------------------------ forwards

    @Test
    void theFirstCommitOfAHigherVersionTakesALaneAndTheOneBeforeDoesNothingMore() {
        var world = Small.world(1);
        List<Call.Port> ports = new ArrayList<>();
        var old = world.copy(
                call -> {
                    ports.add(call.port());
                    return Fault.NONE;
                },
                V6);
        Delivery<Transfer, BigDecimal, Decided> deliveries =
                Small.delivery(world).by(() -> old);
        deliveries.step();
        Delivery<Transfer, BigDecimal, Decided> newer = by(world, V7);
        newer.step();
        newer.step();
        long commits = world.commits();
        List<Record> batch =
                world.streams.records(world.stream, world.openShards().getFirst());
        List<Record> rest = batch.subList(4, batch.size());
        ports.clear();

        assertThat(old.spine().process(rest, world.deadlineMillis()))
                .contains(rest.getFirst().sequenceNumber());
        assertThat(old.spine().refusal())
                .as("its commit in flight failed by the fence")
                .isEmpty();
        ports.clear();
        assertThat(old.spine().process(rest, world.deadlineMillis()))
                .contains(rest.getFirst().sequenceNumber());
        assertThat(old.spine().refusal())
                .contains("another version serves the lane; to go back to this one: ./weir takeover ledger --to 6:"
                        + " bot=ledger lane=lane-0 served-by=7 this=6");
        assertThat(ports).as("what the old version did").containsOnly(Call.Port.READ);
        assertThat(world.commits()).isEqualTo(commits);
        assertThat(states(world)).singleElement().satisfies(state -> {
            assertThat(state.version()).isEqualTo(V7);
            assertThat(state.barred()).isEqualTo(V7);
        });
        newer.drain();
        Small.audit(world);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4})
    void aVersionThatIsOvertakenAtAnyCallLosesNothingAndRepeatsNothing(int lanes) {
        int calls = Small.calls(lanes);
        for (int i = 0; i < calls; i++) {
            var world = Small.world(lanes);
            Delivery<Transfer, BigDecimal, Decided> newer = by(world, V7);
            var old = world.copy(Plan.meanwhile(i, newer::step), V6);
            Delivery<Transfer, BigDecimal, Decided> older =
                    Small.delivery(world).by(() -> old);
            for (int batch = 0; batch < 5; batch++) {
                older.step();
            }
            newer.drain();
            older = by(world, V7);
            older.drain();
            Small.audit(world);
        }
    }

    @Test
    void aFunctionWithoutAVersionIsRefusedByALaneThatHasOneAndIsToldWhatHelps() {
        var world = Small.world(1);
        by(world, V7).step();
        List<Record> batch =
                world.streams.records(world.stream, world.openShards().getFirst());
        var local = world.copy();

        assertThat(local.spine().process(batch, world.deadlineMillis()))
                .contains(batch.getFirst().sequenceNumber());
        assertThat(local.spine().refusal())
                .contains("a published version serves the lane, and this function has none; invoke it by its alias:"
                        + " bot=ledger lane=lane-0 served-by=7 this=none");
        assertThat(local.spine().tick(world.deadlineMillis()))
                .as("it has something that is held")
                .isFalse();
        assertThat(world.state()).as("who only reads is never refused").isNotEmpty();
    }

    @Test
    void withoutVersionsACheckpointIsAsItAlwaysWas() {
        var world = Small.world(4);
        Small.delivery(world).drain();

        assertThat(checkpoints(world)).isNotEmpty().allSatisfy(item -> assertThat(
                        item.attributes().keySet())
                .containsExactlyInAnyOrder(
                        "bot",
                        "fence",
                        "commit",
                        "updated",
                        "lanes",
                        "journalFrom",
                        "held",
                        "unsent",
                        "positions",
                        "marks",
                        "emitted",
                        "counts"));
        assertThat(world.items.get(new Key(world.bus.checkpoints(), "ledger", "serving")))
                .isEmpty();
        assertThat(world.kept("takeover#")).isEmpty();
    }

    @Test
    void aVersionComesToABusThatHadNone() {
        var world = Small.world(4);
        Delivery<Transfer, BigDecimal, Decided> local = Small.delivery(world);
        local.step();
        local.step();

        by(world, V6).drain();

        Small.audit(world);
        assertThat(states(world)).extracting(Takeover.State::version).contains(V6);
    }

    // ------------------------------------------------------------------ and back

    @ParameterizedTest
    @ValueSource(ints = {1, 4})
    void anOperatorGoesBackAtAnyCallAndNothingIsLostOrRepeated(int lanes) {
        int calls = Small.calls(lanes);
        for (int i = 0; i < calls; i++) {
            var world = Small.world(lanes);
            by(world, V6).step();
            var left = world.copy(
                    Plan.meanwhile(i, () -> takeover(world, world.items).to(V6, V7, world::lanes)), V7);
            Delivery<Transfer, BigDecimal, Decided> newer =
                    Small.delivery(world).by(() -> left);
            for (int batch = 0; batch < 5; batch++) {
                newer.step();
            }
            by(world, left.calls().count() > i ? V6 : V7).drain();
            Small.audit(world);
        }
    }

    @Test
    void whoWasLeftStaysAwayAndALaterVersionComesByItself() {
        var world = Small.world(1);
        by(world, V7).step();
        takeover(world, world.items).to(V6, V7, world::lanes);
        List<Record> batch =
                world.streams.records(world.stream, world.openShards().getFirst());

        assertThat(world.copy(Plan.NO_FAULTS, V7).spine().process(batch, world.deadlineMillis()))
                .contains(batch.getFirst().sequenceNumber());
        by(world, V6).step();
        assertThat(states(world)).extracting(Takeover.State::version).containsOnly(V6);
        by(world, V8).drain();
        assertThat(states(world)).extracting(Takeover.State::version).containsOnly(V8);
        assertThat(states(world)).extracting(Takeover.State::barred).containsOnly(V8);
        Small.audit(world);
    }

    @Test
    void aLaneWithoutACheckpointBeginsAsWasChosen() {
        var world = Small.world(1);
        assertThat(takeover(world, world.items).to(V6, V7, world::lanes)).isEmpty();
        List<Record> batch =
                world.streams.records(world.stream, world.openShards().getFirst());

        var left = world.copy(Plan.NO_FAULTS, V7);
        assertThat(left.spine().process(batch, world.deadlineMillis()))
                .contains(batch.getFirst().sequenceNumber());
        assertThat(world.commits()).isZero();
        by(world, V6).drain();
        Small.audit(world);
    }

    /** Whatever happens to the command, it can be given again, and then is done. */
    @ParameterizedTest
    @EnumSource(names = {"REFUSED", "LOST_ANSWER", "LOST_REQUEST", "UNAVAILABLE", "KILLED_BEFORE", "KILLED_AFTER"})
    void aTakeoverThatFailsAnywhereIsDoneByTheNextOne(Fault fault) {
        for (int i = 0; i < 12; i++) {
            var world = Small.world(4);
            Delivery<Transfer, BigDecimal, Decided> before = by(world, V7);
            before.step();
            before.step();
            List<Takeover.State> at = states(world);
            Calls calls = new Calls(Plan.once(i, fault));
            try {
                takeover(world, new FaultyItems(world.items, calls)).to(V6, V7, world::lanes);
            } catch (Death | StoreUnavailableException _) {
                takeover(world, world.items).to(V6, V7, world::lanes);
            }

            assertThat(states(world))
                    .as("fault at call=%d", i)
                    .hasSameSizeAs(at)
                    .allSatisfy(state -> {
                        assertThat(state.version()).isEqualTo(V6);
                        assertThat(state.barred()).isEqualTo(V7);
                    });
            assertThat(states(world))
                    .extracting(Takeover.State::positions)
                    .isEqualTo(at.stream().map(Takeover.State::positions).toList());
            by(world, V6).drain();
            Small.audit(world);
        }
    }

    @Test
    void aLaneThatMovesMeanwhileIsTakenOverWhereItIsThen() {
        for (int i = 0; i < 10; i++) {
            var world = Small.world(4);
            Delivery<Transfer, BigDecimal, Decided> left = by(world, V7);
            left.step();
            Calls calls = new Calls(Plan.meanwhile(i, left::step));

            List<Takeover.State> moved =
                    takeover(world, new FaultyItems(world.items, calls)).to(V6, V7, world::lanes);

            assertThat(moved).as("moved at call=%d", i).containsExactlyInAnyOrderElementsOf(states(world));
            by(world, V6).drain();
            Small.audit(world);
        }
    }

    @Test
    void aVersionThatTakesALaneMeanwhileIsBroughtBackToo() {
        var world = Small.world(1);
        by(world, V7).step();
        Calls calls = new Calls(Plan.meanwhile(1, () -> by(world, V8).step()));

        takeover(world, new FaultyItems(world.items, calls)).to(V6, V7, world::lanes);

        assertThat(states(world)).singleElement().satisfies(state -> assertThat(state.version())
                .isEqualTo(V6));
    }

    @Test
    void theHighestVersionIsOneThatServedALaneOrWasBarred() {
        var world = Small.world(4);
        Takeover takeover = takeover(world, world.items);
        assertThat(takeover.highest(world.lanes())).isEqualTo(Version.NONE);
        by(world, V6).step();
        assertThat(takeover.highest(world.lanes())).isEqualTo(V6);
        takeover.to(V6, V8, world::lanes);
        assertThat(takeover.highest(List.of())).isEqualTo(V8);
    }

    @Test
    void aTakeoverByNobodyOrOneThatBarsItselfIsAMistake() {
        var world = Small.world(1);
        assertThatThrownBy(() -> takeover(world, world.items).to(Version.NONE, V7, world::lanes))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> takeover(world, world.items).to(V7, V6, world::lanes))
                .hasMessage("a takeover is by a version, and bars it or a higher one: version=7 barred=6");
    }

    // ------------------------------------------------------------------ other bots

    @Test
    void aBotOnQueuesSaysWhyItsRunFailed() {
        var world = new QueueWorld<>(Tally.graph("orders"), 2);
        world.put("orders", List.of(Tally.event("a", 1), Tally.event("b", 2)));
        assertThat(world.run(world.copy(Plan.NO_FAULTS, FanOut.ALONE, V7))).contains(new RunOutcome.Done(2));
        world.put("orders", List.of(Tally.event("a", 3), Tally.event("b", 4)));

        RunOutcome outcome =
                world.run(world.copy(Plan.NO_FAULTS, FanOut.ALONE, V6)).orElseThrow();

        assertThat(outcome).isInstanceOfSatisfying(RunOutcome.Failed.class, failed -> assertThat(failed.reason())
                .startsWith("another version serves the lane; to go back to this one: ./weir takeover tally --to 6:"));
        assertThat(world.run(world.copy(Plan.NO_FAULTS, FanOut.ALONE, V8))).contains(new RunOutcome.Done(2));
        assertThat(world.seen().get("a")).containsExactly(1, 3);
    }

    record Order(String id, String customer) {}

    @Test
    void aVersionThatIsRefusedAsksNobodyAboutItsEvents() {
        int[] asked = {0};
        Pipeline pipeline = Pipeline.of(
                "told",
                Pipeline.from(Feed.stream("orders", Codec.of(Order.class)))
                        .keyBy(Order::customer)
                        .enrich(
                                "city",
                                Order::customer,
                                Lookup.of(customers -> cities(customers, asked)),
                                (order, city) -> order.id() + city.orElse(""))
                        .to(To.queue("told", Codec.text())));
        var world = new World<>(pipeline.graph(), 1, 1);
        world.putForeign("alice", "{\"id\":\"1\",\"customer\":\"alice\"}");
        List<Record> batch =
                world.streams.records(world.stream, world.openShards().getFirst());
        world.copy(Plan.NO_FAULTS, V7).spine().process(batch, world.deadlineMillis());
        assertThat(asked[0]).isPositive();
        asked[0] = 0;
        world.putForeign("alice", "{\"id\":\"2\",\"customer\":\"alice\"}");
        List<Record> next = world.streams
                .records(world.stream, world.openShards().getFirst())
                .subList(1, 2);

        var refused = world.copy(Plan.NO_FAULTS, V6).spine();

        assertThat(refused.process(next, world.deadlineMillis()))
                .contains(next.getFirst().sequenceNumber());
        assertThat(refused.refusal()).isPresent();
        assertThat(asked[0]).isZero();
    }

    private static Map<String, String> cities(Set<String> customers, int[] asked) {
        asked[0]++;
        Map<String, String> found = new HashMap<>();
        customers.forEach(customer -> found.put(customer, "Basel"));
        return found;
    }

    @Test
    void aSourceThatIsRefusedPullsNothing() {
        var world = new QueueWorld<>(Tally.graph("orders"), 1);
        int[] pulls = {0};
        Puller puller = (cursor, _) -> {
            pulls[0]++;
            int at = cursor.isEmpty() ? 0 : Integer.parseInt(cursor);
            return at == 3
                    ? Optional.empty()
                    : Optional.of(new Puller.Pulled(List.of(Json.of("{\"n\":" + at + "}")), Integer.toString(at + 1)));
        };
        assertThat(source(world, puller, V7).run(1, Long.MAX_VALUE, Long.MAX_VALUE, () -> false))
                .isEqualTo(new RunOutcome.Done(1));

        assertThat(source(world, puller, V6).run(9, Long.MAX_VALUE, Long.MAX_VALUE, () -> false))
                .isInstanceOf(RunOutcome.Failed.class)
                .asString()
                .contains("served-by=7 this=6");
        assertThat(pulls[0]).isEqualTo(1);
        assertThat(source(world, puller, V8).run(9, Long.MAX_VALUE, Long.MAX_VALUE, () -> false))
                .isEqualTo(new RunOutcome.Done(2));
        assertThat(world.payloads("pulled")).containsExactly("{\"n\":0}", "{\"n\":1}", "{\"n\":2}");
    }

    private static SourceRun source(QueueWorld<?, ?, ?> world, Puller puller, Version version) {
        return new SourceRun(
                "shop",
                "pulled",
                puller,
                world.bus,
                world.items,
                world.streams,
                world.time,
                "copy-" + version,
                version);
    }

    // ------------------------------------------------------------------ numbers

    @ParameterizedTest
    @CsvSource({"$LATEST,0", "'',0", "1,1", "123456789012345678,123456789012345678"})
    void lambdaTellsAVersion(String text, long number) {
        assertThat(Version.of(text)).isEqualTo(new Version(number));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "live", "1.0", "01", "1234567890123456789"})
    void whatIsNoVersionIsRefused(String text) {
        assertThatThrownBy(() -> Version.of(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
