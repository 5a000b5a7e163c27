package dev.weir.functions.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.flow.Counts.Count;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Layer one of dedupe: the sequence numbers of the shard. */
class RedeliveryTest {

    @ParameterizedTest
    @CsvSource({"1, true", "4, true", "16, true", "1, false", "4, false", "16, false"})
    void aPartThatIsDeliveredAgainInOtherBatchesIsDroppedAndCounted(int lanes, boolean warm) {
        List<String> transfers = Transfers.traffic(new Random(5), 20, 300);
        var world = World.ledger(lanes);
        world.put(new Numbered("p", lanes).addAll(transfers).records(3));
        Random random = new Random(6);
        var delivery = new Delivery<>(world).inBatchesOf(() -> 1 + random.nextInt(20));
        int taken = 0;
        while (delivery.step()) {
            int records = world.streams
                    .records(world.stream, world.openShards().getFirst())
                    .size();
            taken = Math.min(records, taken + 1);
            int from = random.nextInt(taken);
            if (!warm) {
                delivery.forget();
            }
            delivery.redeliver(world.openShards().getFirst(), from, from + 1 + random.nextInt(taken - from));
        }

        Auditor.audit(world, transfers);
        assertThat(world.counted(Count.REDELIVERED)).isPositive();
        assertThat(world.counted(Count.RETRIED_BY_PRODUCER)).isZero();
        assertThat(world.counted(Count.PROCESSED)).isEqualTo(transfers.size());
    }
}
