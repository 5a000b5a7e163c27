package dev.weir.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.testkit.Orders.Order;
import dev.weir.testkit.Orders.Total;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** How a bot is tested: a thousand seeds, and a kill at every call, in as many lines as without. */
class OrdersTest {

    @RegisterExtension
    final BotTest<Long, Order, Total> bot = BotTest.of(Orders.GRAPH)
            .input(Order::json)
            .output(Total::parse)
            .crashEverywhere()
            .seeds(1000);

    @Test
    void everyOrderCountsOnce(TestBus<Long, Order, Total> bus) {
        bus.put(new Order("alice", 300), new Order("bob", 100), new Order("alice", 400));

        assertThat(bus.results())
                .containsSubsequence(new Total("alice", 300), new Total("alice", 700))
                .contains(new Total("bob", 100))
                .hasSize(3);
        assertThat(bus.state("alice")).isEqualTo(700);
    }
}
