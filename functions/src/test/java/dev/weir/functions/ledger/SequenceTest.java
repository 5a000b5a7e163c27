package dev.weir.functions.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.flow.Counts.Count;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Layer three: a number in the payload that counts the transfers of each source. */
class SequenceTest {
    private static final Duration AFTER_DEADLINE = Duration.ofSeconds(31);

    private static String transfer(String source, int sequence) {
        return Transfers.with(Transfers.line(source, "a", "1.00"), "\"sequence\":" + sequence);
    }

    private static World<?, ?, ?> delivered(World<?, ?, ?> world, Numbered producer) {
        world.put(producer.records(2));
        world.deliver();
        return world;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4, 16})
    void transfersOfASourceTakeEffectInTheOrderOfTheirSequenceHoweverTheyArrive(int lanes) {
        Random random = new Random(21);
        List<String> deposits = new ArrayList<>();
        List<String> ordered = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            deposits.add(Transfers.line("sweep", "s" + i, "5.00"));
            for (int n = 1; n <= 10; n++) {
                ordered.add(transfer("s" + i, n));
            }
        }
        List<String> arriving = new ArrayList<>(ordered);
        Collections.shuffle(arriving, random);
        arriving.addAll(arriving.subList(0, 20)); // and some twice
        var world = World.ledger(lanes);
        world.put(new Numbered("p", lanes).addAll(deposits).addAll(arriving).records(2));

        var delivery = new Delivery<>(world).inBatchesOf(() -> 1 + random.nextInt(4));
        while (delivery.step()) {
            delivery.forget();
        }

        deposits.addAll(ordered);
        Auditor.audit(world, deposits);
        assertThat(world.counted(Count.HELD)).isPositive();
        assertThat(world.counted(Count.SAME_BUSINESS_ID)).isEqualTo(20);
    }

    @Test
    void aGapIsPassedAfterItsDeadlineAndWhatComesLateIsParkedOnce() {
        World<?, ?, ?> world = World.ledger(1);
        Numbered producer =
                new Numbered("p", 1).add(transfer("s", 1)).add(transfer("s", 4)).add(transfer("s", 5));
        delivered(world, producer);
        assertThat(world.results()).hasSize(1);
        assertThat(world.held()).isEqualTo(2);

        world.time.advance(AFTER_DEADLINE);
        assertThat(world.tick()).isTrue();
        assertThat(world.results())
                .containsExactly(
                        Transfers.denied(transfer("s", 1)),
                        Transfers.denied(transfer("s", 4)),
                        Transfers.denied(transfer("s", 5)));
        assertThat(world.gaps()).singleElement().asString().contains("\"key\":\"s\",\"from\":2,\"to\":3,");

        delivered(
                world,
                new Numbered("q", 1)
                        .add(transfer("s", 2))
                        .add(transfer("s", 2))
                        .add(transfer("s", 4))
                        .add(transfer("s", 6)));
        assertThat(world.parkedPayloads()).containsExactly(transfer("s", 2));
        assertThat(world.counted(Count.SAME_BUSINESS_ID)).isEqualTo(2);
        assertThat(world.results()).hasSize(4).endsWith(Transfers.denied(transfer("s", 6)));
    }

    @Test
    void oneSourceThatWaitsDelaysNoOther() {
        World<?, ?, ?> world = World.ledger(1);
        delivered(
                world,
                new Numbered("p", 1).add(transfer("s", 2)).add(transfer("t", 1)).add(Transfers.line("s", "a", "1.00")));

        assertThat(world.results())
                .containsExactly(
                        Transfers.denied(transfer("t", 1)), Transfers.denied(Transfers.line("s", "a", "1.00")));
    }

    @Test
    void aSequenceThatIsNoNumberFromOneIsParked() {
        World<?, ?, ?> world = World.ledger(1);
        Numbered producer = new Numbered("p", 1);
        for (String sequence : List.of("0", "-1", "1.5", "\"1\"", "1e30", "12345678901234567890")) {
            producer.add("s", Transfers.with(Transfers.line("s", "a", "1.00"), "\"sequence\":" + sequence));
        }
        delivered(world, producer);

        assertThat(world.parked()).hasSize(6);
        assertThat(world.results()).isEmpty();
        assertThat(world.held()).isZero();
    }

    /** 64 MB are the most that a lane holds back; no time passes here. */
    @Test
    void tooMuchToHoldPassesTheOldestGapAtOnce() {
        World<?, ?, ?> world = World.ledger(1);
        Numbered producer = new Numbered("p", 1);
        String note = "\"note\":\"" + " ".repeat(380_000) + "\"";
        for (int n = 2; n <= 190; n++) {
            producer.add("s", Transfers.with(transfer("s", n), note));
        }
        delivered(world, producer);

        assertThat(world.gaps()).singleElement().asString().contains("\"from\":1,\"to\":1,");
        assertThat(world.results()).hasSize(189).doesNotHaveDuplicates();
    }

    /** The release of what a key held back takes several commits, and the process dies at any call between. */
    @Test
    void aReleaseThatIsCutGoesOnWithTheNextDelivery() {
        String note = "\"note\":\"" + " ".repeat(90_000) + "\"";
        for (Fault fault : List.of(Fault.KILLED_BEFORE, Fault.KILLED_AFTER)) {
            for (int i = 0; i < 25; i++) {
                World<?, ?, ?> world = World.ledger(1);
                Numbered producer = new Numbered("p", 1);
                for (int n = 40; n >= 1; n--) {
                    producer.add("s", Transfers.with(transfer("s", n), note));
                }
                world.put(producer.chunk(0, 1, 39));
                world.deliver();
                world.put(producer.chunk(0, 40, 40));
                var copies =
                        List.of(world.copy(Plan.once(i, fault)), world.copy()).iterator();
                redeliverLast(world, copies);
                assertThat(world.results())
                        .as("fault=%s call=%d", fault, i)
                        .hasSize(40)
                        .doesNotHaveDuplicates();
                assertThat(world.gaps()).as("fault=%s call=%d", fault, i).isEmpty();
            }
        }
    }

    private static <T, V, R> void redeliverLast(World<T, V, R> world, java.util.Iterator<?> copies) {
        @SuppressWarnings("unchecked")
        var delivery = new Delivery<>(world)
                .by(() -> (World.Copy<T, V, R>) copies.next())
                .inBatchesOf(() -> 1);
        delivery.from(world.openShards().getFirst(), 1);
        delivery.drain();
    }
}
