package dev.weir.functions.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.flow.Counts.Count;
import dev.weir.port.StreamRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Records of a producer that arrive in another order than they were numbered, late, or never. */
class ReorderTest {
    private static final Duration AFTER_DEADLINE = Duration.ofSeconds(31);

    private static String deposit(int i) {
        return Transfers.line("sweep", "a", i + ".00");
    }

    private static List<String> deposits(int from, int to) {
        return IntStream.rangeClosed(from, to)
                .mapToObj(i -> Transfers.approved(deposit(i)))
                .toList();
    }

    private static Numbered producer(int count) {
        Numbered producer = new Numbered("p", 1);
        IntStream.rangeClosed(1, count).forEach(i -> producer.add(deposit(i)));
        return producer;
    }

    @ParameterizedTest
    @CsvSource({"1, true", "4, true", "16, true", "1, false", "4, false", "16, false"})
    void recordsInAnyOrderTakeEffectInTheOrderOfTheirNumbers(int lanes, boolean warm) {
        List<String> transfers = Transfers.traffic(new Random(11), 20, 300);
        List<StreamRecord> records = new Numbered("p", lanes).addAll(transfers).records(3);
        Random random = new Random(12);
        for (int i = 0; i + 10 <= records.size(); i += 10) {
            Collections.shuffle(records.subList(i, i + 10), random);
        }
        var world = World.ledger(lanes);
        world.put(records);

        var delivery = new Delivery<>(world).inBatchesOf(() -> 1 + random.nextInt(4));
        while (delivery.step()) {
            if (!warm) {
                delivery.forget();
            }
        }

        Auditor.audit(world, transfers);
        assertThat(world.counted(Count.HELD)).isGreaterThan(20);
        assertThat(world.kept("held#")).as("stored held events at rest").hasSizeLessThanOrEqualTo(lanes);
    }

    @Test
    void whatIsHeldSurvivesAColdStartAndIsReleasedInOrder() {
        Numbered producer = producer(9);
        World<?, ?, ?> world = World.ledger(1);
        world.put(producer.chunk(0, 7, 9), producer.chunk(0, 4, 5));
        world.deliver();
        assertThat(world.results()).isEmpty();
        assertThat(world.held()).isEqualTo(5);

        world.put(producer.chunk(0, 6, 6), producer.chunk(0, 1, 3));
        world.deliver();

        assertThat(world.results()).isEqualTo(deposits(1, 9));
        assertThat(world.held()).isZero();
        assertThat(world.gaps()).isEmpty();
    }

    @Test
    void heldEventsThatArriveAgainInOtherRecordsTakeEffectOnce() {
        Numbered producer = producer(9);
        World<?, ?, ?> world = World.ledger(1);
        world.put(producer.chunk(0, 5, 7), producer.chunk(0, 5, 7), producer.chunk(0, 4, 6), producer.chunk(0, 6, 9));
        world.deliver();
        world.put(producer.chunk(0, 3, 5), producer.chunk(0, 1, 4), producer.chunk(0, 1, 9));
        world.deliver();

        assertThat(world.results()).isEqualTo(deposits(1, 9));
    }

    @ParameterizedTest
    @CsvSource({"true", "false"})
    void aGapThatOutlivesItsDeadlineBecomesAnEventAndIsPassed(boolean byTick) {
        Numbered producer = producer(9);
        World<?, ?, ?> world = World.ledger(1);
        world.put(producer.chunk(0, 1, 2), producer.chunk(0, 5, 6));
        world.deliver();
        world.time.advance(Duration.ofSeconds(29));
        assertThat(world.tick()).isTrue();
        assertThat(world.results()).isEqualTo(deposits(1, 2));

        world.time.advance(AFTER_DEADLINE);
        if (byTick) {
            assertThat(world.tick()).isTrue();
        } else {
            world.put(producer.chunk(0, 9, 9));
            world.deliver();
        }

        assertThat(world.results()).hasSize(4).endsWith(Transfers.approved(deposit(5)), Transfers.approved(deposit(6)));
        assertThat(world.gaps()).singleElement().asString().contains("\"producer\":\"p\",\"from\":3,\"to\":4,");
        assertThat(world.counted(Count.GAPS)).isEqualTo(1);
    }

    @Test
    void whatArrivesAfterItsGapWasPassedIsParkedAndItsSecondCopyIsDropped() {
        Numbered producer = producer(7);
        World<?, ?, ?> world = World.ledger(1);
        world.put(producer.chunk(0, 1, 1), producer.chunk(0, 5, 6));
        world.deliver();
        world.time.advance(AFTER_DEADLINE);
        world.tick();

        world.put(producer.chunk(0, 2, 4), producer.chunk(0, 3, 3), producer.chunk(0, 4, 7));
        world.deliver();

        assertThat(world.parkedPayloads()).containsExactly(deposit(2), deposit(3), deposit(4));
        assertThat(world.parkedReasons()).allMatch(reason -> reason.contains("after the gap"));
        assertThat(world.results()).hasSize(4).endsWith(Transfers.approved(deposit(7)));
        assertThat(world.counted(Count.RETRIED_BY_PRODUCER)).isEqualTo(4);
    }

    /** 4 MB wait in one lane: their release takes two commits, and the process dies at every call between. */
    @Test
    void aReleaseThatTakesManyCommitsCanBeCutAnywhere() {
        for (Fault fault : List.of(Fault.KILLED_BEFORE, Fault.KILLED_AFTER)) {
            for (int i = 0; i < 40; i++) {
                World<?, ?, ?> world = World.ledger(1);
                Numbered producer = big(50);
                world.put(producer.chunk(0, 2, 50));
                world.deliver();
                world.time.advance(AFTER_DEADLINE);
                dieInTick(world, Plan.once(i, fault));
                world.tick();
                assertThat(world.results())
                        .as("fault=%s call=%d", fault, i)
                        .hasSize(49)
                        .doesNotHaveDuplicates();
                assertThat(world.gaps()).as("fault=%s call=%d", fault, i).hasSize(1);
                assertThat(world.held()).isZero();
            }
        }
    }

    private static void dieInTick(World<?, ?, ?> world, Plan plan) {
        try {
            world.copy(plan).spine().tick(world.deadlineMillis());
        } catch (Death | java.util.concurrent.CompletionException _) {
            // as planned
        }
    }

    private static Numbered big(int count) {
        Numbered producer = new Numbered("p", 1);
        String blank = " ".repeat(70_000);
        for (int i = 1; i <= count; i++) {
            producer.add("sweep", Transfers.with(deposit(i), "\"note\":\"" + blank + "\""));
        }
        return producer;
    }

    @Test
    void creditsThatATickSetsFreeAreSentByALaterTickIfTheStreamRefusedThem() {
        var world = World.ledger(4);
        Numbered producer = new Numbered("p", 4);
        List<String> lines = new ArrayList<>();
        IntStream.range(0, 20).forEach(i -> lines.add(Transfers.line("sweep", "a" + i, "1.00")));
        producer.addAll(lines);
        int lane = world.bus.lanes().of("sweep");
        world.put(producer.chunk(lane, 2, 20));
        world.deliver();
        world.time.advance(AFTER_DEADLINE);
        Plan lost = call -> call.port() == Call.Port.PUT ? Fault.LOST_REQUEST : Fault.NONE;
        assertThat(world.copy(lost).spine().tick(world.deadlineMillis())).isFalse();
        assertThat(world.kept("outbox#")).isNotEmpty();

        assertThat(world.tick()).isTrue();
        assertThat(world.kept("outbox#")).isEmpty();

        world.deliver();
        assertThat(world.state()).hasSize(20).containsKey("a19");
    }
}
