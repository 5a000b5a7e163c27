package dev.weir.functions.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.pipeline.KeyState;
import dev.weir.testkit.BotTest;
import dev.weir.testkit.TestBus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class StockKeeperTest {

    @RegisterExtension
    final BotTest<KeyState, String, String> bot = BotTest.of(StockKeeper.PIPELINE.graph());

    @Test
    void anOrderForMoreThanThereIsWaitsForTheDelivery(TestBus<KeyState, String, String> bus) {
        bus.put(delivery("bolt", 5), order("bolt", 3, "first"), order("bolt", 4, "second"));
        bus.put(order("bolt", 1, "third"), order("bolt", 3, "first"), delivery("bolt", 10));

        assertThat(bus.results())
                .containsExactly(
                        "{\"count\":3,\"item\":\"bolt\",\"left\":2,\"order\":\"first\"}",
                        "{\"count\":4,\"item\":\"bolt\",\"left\":8,\"order\":\"second\"}");
        assertThat(bus.results("orders.refused"))
                .containsExactly("{\"item\":\"bolt\",\"order\":\"third\",\"reason\":\"order second waits\"}");
    }

    private static String delivery(String item, long count) {
        return "{\"item\":\"" + item + "\",\"count\":" + count + "}";
    }

    private static String order(String item, long count, String order) {
        return "{\"item\":\"" + item + "\",\"count\":" + count + ",\"order\":\"" + order + "\"}";
    }
}
