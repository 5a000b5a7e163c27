package dev.weir.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.local.simulator.FaultPlan;
import dev.weir.testkit.Orders.Order;
import dev.weir.testkit.Orders.Total;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class BotTestTest {
    private static final BotTest<Long, String, String> RIGHT = BotTest.of(Orders.GRAPH);

    private static void putTwo(TestBus<Long, Order, Total> bus) {
        bus.put(new Order("alice", 3));
        assertThat(bus.results()).hasSize(1);
        bus.put(new Order("alice", 4));
        assertThat(bus.results()).containsExactly(new Total("alice", 3), new Total("alice", 7));
    }

    @Test
    void aBotThatKeepsItsStateInAFieldPassesWithoutFaultsAndIsFoundOutByThem() {
        Consumer<TestBus<Long, Order, Total>> test = BotTestTest::putTwo;
        wrong().withoutFaults().run(test);
        assertThatThrownBy(() -> wrong().faults(FaultPlan.CRASHES).run(test))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("again: -Dweir.seed=");
        assertThatThrownBy(
                        () -> wrong().faults(FaultPlan.NONE).crashEverywhere().run(test))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("1 of 1 faults (killed-");
    }

    private static BotTest<Long, Order, Total> wrong() {
        return BotTest.of(Orders::countingInAField)
                .input(Order::json)
                .output(Total::parse)
                .seeds(50);
    }

    @Test
    void whatIsNoEventIsParkedAndTheOthersGoOn() {
        RIGHT.run(bus -> {
            bus.putText("{\"customer\":\"alice\",\"cents\":3}", "nonsense", "{\"customer\":\"alice\",\"cents\":4}");
            assertThat(bus.parked()).extracting(ParkedEvent::text).containsExactly("nonsense");
            assertThat(bus.states()).containsOnlyKeys("alice").containsEntry("alice", 7L);
            assertThat(bus.gaps()).isEmpty();
        });
    }

    @Test
    void aKeyThatWasNeverWrittenHasTheStateThatTheTableBeginsWith() {
        RIGHT.withoutFaults().run(bus -> assertThat(bus.state("nobody")).isZero());
    }

    @Test
    void timePassesAndTheBotGoesOn() {
        RIGHT.seeds(20).run(bus -> {
            bus.put("{\"customer\":\"alice\",\"cents\":3}");
            bus.advance(Duration.ofHours(1));
            bus.put("{\"customer\":\"alice\",\"cents\":4}");
            assertThat(bus.results()).hasSize(2);
        });
    }

    @Test
    void eachRunBeginsWithAnEmptyBus() {
        AtomicInteger runs = new AtomicInteger();
        RIGHT.seeds(7).faults(FaultPlan.NONE).run(bus -> {
            assertThat(bus.results()).isEmpty();
            bus.put("{\"customer\":\"alice\",\"cents\":3}");
            assertThat(bus.results()).hasSize(1);
            runs.incrementAndGet();
        });
        assertThat(runs).hasValue(7);
    }

    @Test
    void withOneLaneAllResultsAreInOneOrder() {
        RIGHT.on(1, 1).seeds(30).run(bus -> {
            List<String> expected = new ArrayList<>();
            for (String customer : List.of("a", "b", "c", "d", "e")) {
                bus.put("{\"customer\":\"" + customer + "\",\"cents\":1}");
                expected.add("{\"customer\":\"" + customer + "\",\"total\":1}");
            }
            assertThat(bus.results()).isEqualTo(expected);
        });
    }

    @Test
    void aTestRunsAtLeastOnce() {
        assertThatIllegalArgumentException().isThrownBy(() -> RIGHT.seeds(0)).withMessageContaining("seeds=0");
    }
}
