package dev.weir.functions.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.flow.Counts.Count;
import dev.weir.port.StreamRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Layer two of dedupe: the numbers of the producer. */
class ProducerRetryTest {

    @ParameterizedTest
    @ValueSource(ints = {1, 4, 16})
    void eventsThatAProducerSendsAgainInOtherRecordsTakeEffectOnce(int lanes) {
        List<String> transfers = Transfers.traffic(new Random(7), 20, 200);
        Numbered producer = new Numbered("p", lanes).addAll(transfers);
        Random random = new Random(8);
        List<StreamRecord> records = new ArrayList<>();
        for (int lane = 0; lane < lanes; lane++) {
            int sent = 0;
            while (sent < producer.count(lane)) {
                int to = Math.min(producer.count(lane), sent + 1 + random.nextInt(5));
                int from = Math.max(1, sent + 1 - random.nextInt(8)); // begins with what was sent before
                records.add(producer.chunk(lane, from, to));
                sent = to;
            }
        }
        var world = World.ledger(lanes);
        world.put(records);

        var delivery = new Delivery<>(world).inBatchesOf(() -> 1 + random.nextInt(9));
        while (delivery.step()) {
            if (random.nextBoolean()) {
                delivery.forget();
            }
        }

        Auditor.audit(world, transfers);
        assertThat(world.counted(Count.RETRIED_BY_PRODUCER)).isGreaterThan(50);
        assertThat(world.counted(Count.REDELIVERED)).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4})
    void theSameNumbersOfAnotherProducerAreOtherEvents(int lanes) {
        List<String> deposits = List.of(Transfers.line("sweep", "a", "1.00"), Transfers.line("sweep", "b", "1.00"));
        var world = World.ledger(lanes);
        world.put(new Numbered("p", lanes).addAll(deposits).records(1));
        world.put(new Numbered("q", lanes).addAll(deposits).records(1));

        world.deliver();

        assertThat(world.results()).hasSize(4);
        assertThat(world.state().get("a")).isEqualByComparingTo("2.00");
    }
}
