package ${package};

import static org.assertj.core.api.Assertions.assertThat;

import ${package}.${className}.Order;
import ${package}.${className}.Total;
import dev.weir.model.Json;
import dev.weir.pipeline.Codec;
import dev.weir.pipeline.Feed;
import dev.weir.testkit.BotTest;
import org.junit.jupiter.api.Test;

class ${className}Test {
    private static final Codec<Order> ORDERS = Codec.of(Order.class);
    private static final Codec<Total> TOTALS = Codec.of(Total.class);

    /** On a simulated bus, in a hundred runs with every fault there is, unless told otherwise. A failure prints its seed. */
    private static final BotTest<?, Order, Total> BOT = BotTest.of(
                    ${className}.reading(Feed.stream("orders", ORDERS)).graph())
            .input((Order order) -> ORDERS.encode(order).toString())
            .output(json -> TOTALS.decodeOrThrow(Json.of(json)));

    @Test
    void everyOrderCountsOnceWhateverFails() {
        BOT.run(bus -> {
            bus.put(new Order("o-1", "alice", 300), new Order("o-2", "bob", 100), new Order("o-3", "alice", 400));

            assertThat(bus.results())
                    .containsSubsequence(new Total("alice", 1, 300), new Total("alice", 2, 700))
                    .contains(new Total("bob", 1, 100))
                    .hasSize(3);
        });
    }

    @Test
    void showsWhatComesOut() {
        BOT.withoutFaults().on(1, 1).run(bus -> {
            bus.put(new Order("o-1", "alice", 300), new Order("o-1", "alice", 300), new Order("o-2", "alice", 400));
            bus.putText("{\"id\":\"o-3\"}");

            System.out.println(bus.results());
            System.out.println(bus.parked());
            assertThat(bus.results()).containsExactly(new Total("alice", 1, 300), new Total("alice", 2, 700));
            assertThat(bus.parked()).as("no customer").hasSize(1);
        });
    }
}
