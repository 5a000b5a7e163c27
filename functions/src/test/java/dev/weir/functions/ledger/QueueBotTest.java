package dev.weir.functions.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.bot.Bots;
import dev.weir.bot.FanOut;
import dev.weir.bot.RunOutcome;
import dev.weir.flow.Counts.Count;
import dev.weir.flow.Inbox;
import dev.weir.flow.LaneStatus;
import dev.weir.graph.Graph;
import dev.weir.model.Eid;
import dev.weir.model.Json;
import dev.weir.parking.ParkedEvents;
import dev.weir.queue.Correlation;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bots on queues: each test of a fault of RStreams plays what leads to it there. */
class QueueBotTest {

    private static List<String> events(int from, int to, String... keys) {
        return IntStream.range(from, to)
                .mapToObj(n -> Tally.event(keys[n % keys.length], n))
                .toList();
    }

    private static QueueWorld<Tally.Event, Long, String> world(int lanes, String... queues) {
        return new QueueWorld<>(Tally.graph(queues), lanes);
    }

    private static long counted(QueueWorld<?, ?, ?> world, Count count) {
        return LaneStatus.all(world.bus, world.graph.name(), LaneStatus.slices(world.bus), world.items).stream()
                .mapToLong(lane -> lane.counts().of(count))
                .sum();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4, 16})
    void everyEventTakesEffectOnceAndInOrderOfItsKey(int lanes) {
        var world = world(lanes, "orders");
        TreeMap<String, List<Integer>> expected = new TreeMap<>();
        for (int n = 0; n < 300; n++) {
            expected.computeIfAbsent("k" + n % 7, _ -> new ArrayList<>()).add(n);
        }
        for (int n = 0; n < 300; n += 30) {
            world.put("orders", events(n, n + 30, "k0", "k1", "k2", "k3", "k4", "k5", "k6"));
        }

        assertThat(world.run()).isEqualTo(new RunOutcome.Done(300));

        assertThat(world.seen()).isEqualTo(expected);
        assertThat(world.checkpoint("orders"))
                .contains(world.read("orders").getLast().eid());
        assertThat(world.run()).as("nothing is left").isEqualTo(new RunOutcome.Done(0));
    }

    /** RStreams: a crash between the effect and the checkpoint repeats up to a thousand events. */
    @ParameterizedTest
    @ValueSource(ints = {1, 4})
    void d3aCrashBetweenEffectAndCheckpointRepeatsNothing(int lanes) {
        for (int at = 0; at < 2 * lanes + 2; at++) {
            // Of the transactions some are commits of lanes, and one tells where the bot is.
            Fault fault = at % 2 == 0 ? Fault.KILLED_BEFORE : Fault.KILLED_AFTER;
            int fatal = at / 2;
            int[] transactions = {0};
            var world = world(lanes, "orders");
            world.put("orders", events(0, 100, "a", "b", "c", "d", "e", "f", "g", "h"));

            world.run(world.copy(
                    call -> call.port() == Call.Port.TRANSACT && transactions[0]++ == fatal ? fault : Fault.NONE,
                    FanOut.ALONE));
            world.drain();

            assertThat(world.payloads("seen"))
                    .as("transaction=%d fault=%s", fatal, fault)
                    .hasSize(100)
                    .doesNotHaveDuplicates();
            assertThat(world.state().values().stream()
                            .mapToLong(Long::longValue)
                            .sum())
                    .as("transaction=%d fault=%s", fatal, fault)
                    .isEqualTo(100);
        }
    }

    /** RStreams: of several queues only the checkpoint of the last is saved. */
    @Test
    void d4theCheckpointOfEveryQueueIsSaved() {
        var world = world(1, "orders", "returns", "refunds");
        world.put("orders", events(0, 10, "a"));
        world.put("returns", events(10, 15, "b"));
        world.put("refunds", events(15, 30, "c"));

        assertThat(world.run()).isEqualTo(new RunOutcome.Done(30));

        for (String queue : List.of("orders", "returns", "refunds")) {
            assertThat(world.checkpoint(queue))
                    .as(queue)
                    .contains(world.read(queue).getLast().eid());
        }
    }

    /** RStreams: a bot that makes nothing of the last events never gets past them, and is invoked again and again. */
    @Test
    void d5eventsThatNothingIsMadeOfAreAtTheEndOfARunAndItsCheckpointPassesThem() {
        var world = new QueueWorld<>(Filtering.graph("orders", "kept", payload -> payload.contains("keep")), 1);
        world.put("orders", List.of("{\"keep\":1}", "{\"drop\":2}"));
        Eid last = world.put("orders", List.of("{\"drop\":3}", "{\"drop\":4}")).plus(1);

        assertThat(world.run()).isEqualTo(new RunOutcome.Done(4));

        assertThat(world.checkpoint("orders")).contains(last.toString());
        assertThat(world.payloads("kept")).containsExactly("{\"keep\":1}");
        assertThat(world.run()).isEqualTo(new RunOutcome.Done(0));
    }

    /** RStreams: with several workers the lowest checkpoint is saved, and all that was done above it is done again. */
    @Test
    void d6whatOneWorkerHasDoneBeyondAnotherIsNotDoneAgain() {
        var world = world(4, "orders");
        world.put("orders", events(0, 200, "a", "b", "c", "d", "e", "f", "g", "h"));
        world.run(world.copy(Plan.NO_FAULTS, new FanOut(1, 2)));
        int done = world.payloads("seen").size();
        assertThat(done).isBetween(1, 199);
        assertThat(world.checkpoint("orders")).as("the other has done nothing").isEmpty();

        world.drain(2, () -> Plan.NO_FAULTS);

        assertThat(world.payloads("seen")).hasSize(200).doesNotHaveDuplicates();
        assertThat(world.checkpoint("orders"))
                .contains(world.read("orders").getLast().eid());
        assertThat(counted(world, Count.REDELIVERED)).isZero();
    }

    /** RStreams: a worker that has never had a checkpoint is left out of the minimum, and what it did not reach is skipped. */
    @Test
    void l7aWorkerThatNeverCommittedHoldsTheCheckpointBack() {
        var world = world(4, "orders");
        world.put("orders", events(0, 200, "a", "b", "c", "d", "e", "f", "g", "h"));
        // Instance 0 dies at once, each time; instance 1 goes on alone.
        for (int i = 0; i < 3; i++) {
            world.run(world.copy(Plan.once(0, Fault.KILLED_BEFORE), new FanOut(0, 2)));
            world.run(world.copy(Plan.NO_FAULTS, new FanOut(1, 2)));
            world.put("orders", events(200 + i * 10, 210 + i * 10, "a", "b", "c", "d"));
        }
        assertThat(world.checkpoint("orders")).isEmpty();

        // The bot is deployed with one instance: it must find what instance 0 never did.
        world.drain();

        assertThat(world.payloads("seen")).hasSize(230).doesNotHaveDuplicates();
        assertThat(world.checkpoint("orders"))
                .contains(world.read("orders").getLast().eid());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4})
    void aCheckpointThatIsSetBackMakesEventsTakeEffectAgain(int lanes) {
        var world = world(lanes, "orders", "returns");
        world.put("returns", events(500, 510, "z"));
        Eid first = world.put("orders", events(0, 40, "a", "b", "c"));
        world.drain();

        world.setCheckpoint("orders", first.plus(29).toString());
        world.drain();

        assertThat(world.payloads("seen")).hasSize(60);
        assertThat(world.seen().get("a")).endsWith(30, 33, 36, 39).hasSize(18);
        assertThat(world.seen().get("z")).hasSize(10);
        assertThat(world.checkpoint("orders")).contains(first.plus(39).toString());

        world.setCheckpoint("orders", "z/");
        world.drain();
        assertThat(world.payloads("seen")).hasSize(100);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4})
    void aCheckpointThatIsSetForwardSkips(int lanes) {
        var world = world(lanes, "orders");
        world.put("orders", events(0, 10, "a", "b", "c"));
        world.drain();
        world.time.advance(java.time.Duration.ofMillis(5));
        Eid second = world.put("orders", events(10, 40, "a", "b", "c"));

        world.setCheckpoint("orders", second.plus(19).toString());
        world.drain();

        assertThat(world.payloads("seen"))
                .hasSize(20)
                .contains("{\"key\":\"a\",\"n\":30}")
                .doesNotHaveDuplicates();
    }

    @Test
    void aCheckpointThatIsSetForwardRepeatsNothingThatALaneHasDoneBeyondIt() {
        var world = world(4, "orders");
        Eid first = world.put("orders", events(0, 100, "a", "b", "c", "d", "e", "f"));
        world.run(world.copy(Plan.NO_FAULTS, new FanOut(1, 2)));

        world.setCheckpoint("orders", first.plus(49).toString());
        world.drain(2, () -> Plan.NO_FAULTS);

        assertThat(world.payloads("seen")).doesNotHaveDuplicates();
        assertThat(world.payloads("seen").stream().filter(each -> Integer.parseInt(each.replaceAll("\\D", "")) >= 50))
                .hasSize(50);
    }

    /** At any call; and with another run that begins the new pass before the one that stood still goes on. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aCheckpointThatIsSetWhileABotRunsIsObeyedByThatRun(boolean isOvertaken) {
        for (int call = 0; call < 60; call++) {
            var world = world(1, "orders");
            world.pageEntries = 10;
            Eid first = world.put("orders", events(0, 60, "a"));
            world.run(world.copy(Plan.once(20, Fault.KILLED_AFTER), FanOut.ALONE));
            int[] least = {55};
            Plan operator = Plan.meanwhile(call, () -> {
                boolean isBack = world.checkpoint("orders")
                                .orElse("")
                                .compareTo(first.plus(4).toString())
                        > 0;
                least[0] += isBack ? world.payloads("seen").size() : 0;
                world.setCheckpoint("orders", first.plus(4).toString());
                if (isOvertaken) {
                    world.run();
                }
            });
            world.run(world.copy(operator, FanOut.ALONE));
            world.drain();

            List<Integer> seen = world.seen().get("a");
            int again = seen.size() - 55;
            assertThat(seen).as("call=%d", call).hasSizeGreaterThanOrEqualTo(least[0]);
            assertThat(seen.subList(again, seen.size()))
                    .as("call=%d", call)
                    .isEqualTo(IntStream.range(5, 60).boxed().toList());
            assertThat(seen.subList(0, again))
                    .as("call=%d", call)
                    .isEqualTo(IntStream.range(0, again).boxed().toList());
            assertThat(world.checkpoint("orders")).contains(first.plus(59).toString());
        }
    }

    @Test
    void aCheckpointThatIsNoEventIdStopsTheRunAndSaysSo() {
        var world = world(1, "orders");
        world.put("orders", events(0, 3, "a"));
        world.setCheckpoint("orders", "yesterday");
        assertThat(world.run()).isInstanceOfSatisfying(RunOutcome.Failed.class, failed -> assertThat(failed.reason())
                .contains("yesterday", "orders", "tally"));
    }

    @Test
    void whatIsAddedToKeysOfOtherLanesArrivesOnce() {
        var world = world(4, "orders");
        List<String> events = IntStream.range(0, 100)
                .mapToObj(n -> new Tally.Event("k" + n % 9, n, "k" + n % 7).json())
                .toList();
        world.put("orders", events);

        world.drain();

        assertThat(world.state().values().stream().mapToLong(Long::longValue).sum())
                .isEqualTo(100_100);
        assertThat(world.run()).isEqualTo(new RunOutcome.Done(0));
    }

    @Test
    void oneBadEventIsParkedAndTheOthersGoOn() {
        var world = world(4, "orders");
        world.put("orders", List.of(Tally.event("a", 1), "{\"no\":1}", Tally.event("b", 666), Tally.event("c", 2)));
        world.putRaw(
                "orders",
                "no json",
                "{\"id\":\"x\",\"event\":\"orders\",\"payload\":{\"key\":\"d\",\"n\":3},\"eid\":1}");

        assertThat(world.run()).isEqualTo(new RunOutcome.Done(6));

        assertThat(world.seen().keySet()).containsExactly("a", "c", "d");
        assertThat(world.parked()).hasSize(3).allSatisfy(item -> assertThat(item.text("shard"))
                .isEqualTo("queue:orders"));
    }

    @Test
    void aParkedEventIsPutBackByACommandInTheInbox() {
        var world = world(4, "orders");
        world.put(
                "orders",
                List.of(Tally.event("a", 1), Tally.event("b", 666), Tally.event("b", 2), Tally.event("c", 3)));
        world.run();
        assertThat(world.parked()).hasSize(2);
        ParkedEvents parked = ParkedEvents.of(
                world.bus,
                "tally",
                "bus",
                world.items,
                new Inbox(world.bus, "tally", world.items),
                (_, _, _) -> java.util.Optional.empty(),
                world.time,
                "operator");

        parked.putBack(
                parked.list("b", java.util.Optional.empty(), 1).getFirst().id(), Json.of(Tally.event("b", 667)));

        assertThat(world.run()).isEqualTo(new RunOutcome.Done(0));
        assertThat(world.seen().get("b")).containsExactly(667, 2);
        assertThat(world.parked()).isEmpty();
        world.put("orders", List.of(Tally.event("b", 4)));
        world.drain();
        assertThat(world.seen().get("b")).containsExactly(667, 2, 4);
    }

    @Test
    void aBotWhoseCodeFailsForManyKeysIsPausedAndItsCheckpointStays() {
        var world = world(1, "orders");
        world.put("orders", events(0, 20, "x"));
        world.drain();
        String before = world.checkpoint("orders").orElseThrow();
        world.time.advance(java.time.Duration.ofMillis(1));
        world.put(
                "orders",
                IntStream.range(0, 30).mapToObj(i -> Tally.event("k" + i, 666)).toList());

        assertThat(world.run()).isInstanceOfSatisfying(RunOutcome.Failed.class, failed -> assertThat(failed.reason())
                .contains("paused"));

        assertThat(world.checkpoint("orders")).contains(before);
        assertThat(world.parked()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4})
    void resultsSayWhichEventTheyComeFromAndWhenItsChainBegan(int lanes) {
        var world = world(lanes, "orders");
        Eid first = world.put("orders", events(0, 20, "a", "b", "c"));
        world.time.advance(java.time.Duration.ofSeconds(5));
        world.run();

        assertThat(world.read("seen")).hasSize(20).allSatisfy(result -> {
            int n = Integer.parseInt(result.payload().toString().replaceAll("\\D", ""));
            assertThat(result.correlation())
                    .contains(Correlation.of(world.read("orders").get(n)));
            assertThat(result.correlation().orElseThrow().start())
                    .isEqualTo(first.plus(n).toString());
            assertThat(result.eventSourceTimestamp()).hasValue(first.epochMillis() - 1_000);
            assertThat(result.timestamp()).hasValue(world.time.epochMillis());
        });
    }

    @Test
    void whatGoesOutsideOfTheBusHasTheSameKeyEachTimeAndNoOthers() {
        TreeMap<String, List<String>> sent = new TreeMap<>();
        boolean[] isDown = {true};
        var world = new QueueWorld<>(
                Bots.offload("mails", "orders", delivery -> {
                    sent.computeIfAbsent(delivery.key(), _ -> new ArrayList<>())
                            .add(delivery.event().payload().toString());
                    if (delivery.event().payload().toString().contains("7") && isDown[0]) {
                        throw new IllegalStateException("no such address");
                    }
                }),
                4);
        world.put(
                "orders",
                IntStream.range(0, 10).mapToObj(n -> "{\"n\":" + n + "}").toList());

        // The process dies after the effects and before their commit.
        world.run(world.copy(Plan.first(1, Call.Port.TRANSACT, Fault.KILLED_BEFORE), FanOut.ALONE));
        assertThat(sent).hasSize(10);
        world.drain();

        assertThat(sent).hasSize(10);
        assertThat(sent.keySet()).allMatch(key -> key.startsWith("mails/orders/z/"));
        assertThat(sent.values())
                .allSatisfy(same -> assertThat(same.stream().distinct()).hasSize(1));
        assertThat(world.parked()).singleElement().satisfies(item -> assertThat(item.text("reason"))
                .contains("no such address"));
        assertThat(world.checkpoint("orders"))
                .contains(world.read("orders").getLast().eid());
    }

    @Test
    void aRunThatIsAskedToStopSaysThatThereIsMore() {
        var world = world(1, "orders");
        world.pageEntries = 10;
        world.put("orders", events(0, 60, "a"));
        int[] pages = {0};
        long now = world.time.epochMillis();

        RunOutcome outcome = world.copy().run().run(now + 8_000, now + 10_000, () -> pages[0]++ == 2);

        assertThat(outcome).isEqualTo(new RunOutcome.More(20));
        assertThat(world.run()).isEqualTo(new RunOutcome.Done(40));
    }

    @Test
    void aRunStopsWhenItsTimeIsUsed() {
        var world = world(1, "orders");
        world.pageEntries = 10;
        world.put("orders", events(0, 60, "a"));
        long now = world.time.epochMillis();
        var slow = world.copy(
                call -> {
                    world.time.advance(java.time.Duration.ofMillis(100));
                    return Fault.NONE;
                },
                FanOut.ALONE);

        assertThat(slow.run().run(now + 2_000, now + 10_000, () -> false)).isInstanceOf(RunOutcome.More.class);
        world.drain();
        assertThat(world.seen().get("a")).hasSize(60);
    }

    @Test
    void aBotOnAQueueReadsAllThatEveryLaneOfABotOnAStreamHasWritten() {
        var ledger = World.ledger(4);
        List<String> transfers = Transfers.traffic(new Random(7), 8, 200);
        ledger.put(new Numbered("p", 4).addAll(transfers).records(5));
        ledger.deliver();
        Graph<String, Long, String> graph = Filtering.counting("transfers.decided");
        var world = new QueueWorld<>(graph, ledger);

        world.drain();

        long approved = ledger.results().stream()
                .filter(each -> each.contains("approve"))
                .count();
        assertThat(world.state()).containsEntry("approve", approved).containsEntry("deny", 200 - approved);
        for (int lane = 0; lane < 4; lane++) {
            assertThat(world.checkpoint("transfers.decided." + lane))
                    .contains(world.queues
                            .head(dev.weir.queue.QueueName.of("transfers.decided." + lane))
                            .orElseThrow()
                            .maxEid()
                            .orElseThrow());
        }
    }
}
