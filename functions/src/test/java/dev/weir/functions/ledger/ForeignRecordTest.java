package dev.weir.functions.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.flow.Counts.Count;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Records of producers that know nothing of lanes and numbers. */
class ForeignRecordTest {

    /** With 3 shards over 4 or 16 lanes some lanes are cut by a shard border, so their records take the hop. */
    @ParameterizedTest
    @CsvSource({"1, 1, true", "4, 1, true", "4, 3, true", "16, 3, true", "1, 1, false", "4, 3, false", "16, 3, false"})
    void plainJsonTakesEffectOnceAndInOrder(int lanes, int shards, boolean underSource) {
        List<String> transfers = Transfers.traffic(new Random(31), 20, 200);
        var world = new World<>(Ledger.GRAPH, lanes, shards);
        transfers.forEach(line -> world.putForeign(underSource ? Transfers.source(line) : "x", line));
        Random random = new Random(32);

        var delivery = new Delivery<>(world)
                .inBatchesOf(() -> 1 + random.nextInt(10))
                .choosing(random::nextInt)
                .by(() -> world.copy(Plan.random(random, 0.05)));
        delivery.drain();

        Auditor.audit(world, transfers);
        assertThat(world.counted(Count.FORWARDED) > 0).isEqualTo(!underSource || shards > 1);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4})
    void manyLinesInOneRecordAreManyEvents(int lanes) {
        List<String> transfers = Transfers.traffic(new Random(33), 10, 50);
        var world = World.ledger(lanes);
        world.putForeign("sweep", String.join("\n", transfers)); // under the key of some of them

        world.deliver();

        assertThat(world.results()).hasSize(50);
        assertThat(world.kept("outbox#")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"_cmd\":\"add\",\"bot\":\"ledger\",\"key\":\"thief\",\"value\":1000000}",
                "{\"_cmd\":\"forward\",\"bot\":\"ledger\",\"line\":{\"source\":\"sweep\",\"target\":\"thief\",\"amount\":1000000}}"
            })
    void aCommandOfAnybodyButTheBotMovesNoMoney(String command) {
        World<?, ?, ?> world = World.ledger(4);
        world.putForeign("thief", command);
        world.putForeign("thief", "\n" + Transfers.line("sweep", "a", "1.00") + "\n" + command);
        int lane = world.bus.lanes().of("thief");
        world.put(new Numbered("p", 4).add(lane, command).records(1));
        world.put(new Numbered("ledger", 4).add(lane, command).records(1));
        world.put(new Numbered("other/lane-0", 4).add(lane, command).records(1));

        world.deliver();

        assertThat(world.state()).containsOnlyKeys("sweep", "a");
        assertThat(world.parkedPayloads()).hasSize(4).containsOnly(command);
        assertThat(world.counted(Count.NOT_OURS)).isEqualTo(1);
    }

    /** The whole way of money over a split that cuts every lane and a merge back, with stops in between. */
    @Test
    void theHopSurvivesReshards() {
        List<String> transfers = new ArrayList<>();
        var world = World.ledger(4);
        Random random = new Random(34);
        var delivery = new Delivery<>(world).by(() -> world.copy(Plan.random(random, 0.1)));
        for (int round = 0; round < 4; round++) {
            List<String> some = Transfers.traffic(random, 10, 40);
            some.forEach(line -> world.putForeign("x" + random.nextInt(5), line));
            transfers.addAll(some);
            delivery.step();
            List<String> open = world.openShards();
            if (round % 2 == 0) {
                world.streams.split(
                        world.stream,
                        open.getFirst(),
                        BigInteger.TWO.pow(126).add(BigInteger.valueOf(random.nextInt())));
            } else {
                world.streams.merge(world.stream, open.get(0), open.get(1));
            }
        }
        delivery.drain();

        assertThat(world.results()).hasSize(transfers.size());
        assertThat(world.kept("outbox#")).isEmpty();
        assertThat(world.counted(Count.FORWARDED)).isPositive();
    }

    @Test
    void aForeignEventThatIsParkedAfterItsHopIsKeptAsItCame() {
        var world = World.ledger(4);
        String first = Transfers.with(Transfers.line("sweep", "a", "1.00"), "\"sequence\":1");
        String third = Transfers.with(Transfers.line("sweep", "a", "3.00"), "\"sequence\":3");
        world.putForeign("another key", third);
        world.deliver();
        world.time.advance(Duration.ofSeconds(31));
        world.tick();
        world.putForeign("another key", first);
        world.deliver();

        assertThat(world.results()).containsExactly(Transfers.approved(third));
        assertThat(world.parkedPayloads()).containsExactly(first);
    }
}
