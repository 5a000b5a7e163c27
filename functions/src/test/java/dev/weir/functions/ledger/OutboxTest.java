package dev.weir.functions.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.flow.Counts.Count;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What one lane sends to another. */
class OutboxTest {
    private final List<String> transfers = Transfers.traffic(new Random(61), 10, 40);
    private final World<Transfer, java.math.BigDecimal, Decided> world = World.ledger(4);

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {"LOST_REQUEST", "LOST_ANSWER", "REFUSED"})
    void aBatchIsNotDoneBeforeItsOutboxIsSent(Fault fault) {
        world.put(new Numbered("p", 4).addAll(transfers).records(40));
        var batch = world.streams.records(world.stream, world.openShards().getFirst());
        boolean[] broken = {true};
        var copy = world.copy(call -> broken[0] && call.port() == Call.Port.PUT ? fault : Fault.NONE);

        var answer = copy.spine().process(batch, world.deadlineMillis());
        assertThat(answer).isPresent();
        assertThat(world.kept("outbox#")).isNotEmpty();
        assertThat(world.results()).as("committed all the same").hasSize(40);
        broken[0] = false;
        assertThat(copy.spine().process(batch, world.deadlineMillis())).isEmpty();
        assertThat(world.kept("outbox#")).isEmpty();

        world.deliver();
        Auditor.audit(world, transfers);
    }

    @Test
    void whatIsSentTwiceIsDroppedByTheReceiver() {
        world.put(new Numbered("p", 4).addAll(transfers).records(4));
        new Delivery<>(world)
                .by(() -> world.copy(Plan.first(10, Call.Port.PUT, Fault.LOST_ANSWER)))
                .drain();

        Auditor.audit(world, transfers);
        assertThat(world.counted(Count.RETRIED_BY_PRODUCER)).isPositive();
    }

    @Test
    void creditsToOneAccountTravelAsOneSum() {
        Numbered producer = new Numbered("p", 4);
        for (int i = 0; i < 100; i++) {
            producer.add(Transfers.line("sweep", target(), "1.00"));
        }
        world.put(producer.records(100));
        world.deliver();

        assertThat(world.counted(Count.MERGED)).isEqualTo(1);
        assertThat(world.state().get(target())).isEqualByComparingTo("100");
    }

    /** An account of another lane than sweep's. */
    private String target() {
        int i = 0;
        while (world.bus.lanes().of("t" + i) == world.bus.lanes().of("sweep")) {
            i++;
        }
        return "t" + i;
    }
}
