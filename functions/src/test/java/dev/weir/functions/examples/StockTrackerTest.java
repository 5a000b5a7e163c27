package dev.weir.functions.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.pipeline.KeyState;
import dev.weir.testkit.BotTest;
import dev.weir.testkit.TestBus;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class StockTrackerTest {

    @RegisterExtension
    final BotTest<KeyState, String, String> bot = BotTest.of(StockTracker.PIPELINE.graph());

    @Test
    void movesAreToldAtOnceAndVolumesEveryTenSeconds(TestBus<KeyState, String, String> bus) {
        bus.put(trade("WEIR", "10.00", 5, 1_000), trade("WEIR", "10.0", 7, 2_000), trade("WEIR", "10.50", 1, 14_000));
        bus.advance(Duration.ofHours(1));

        assertThat(bus.results()).containsExactly("{\"from\":10.0,\"symbol\":\"WEIR\",\"to\":10.50}");
        assertThat(bus.results("stocks.volume"))
                .containsExactly(
                        volume(-50_000, 12),
                        volume(-40_000, 13),
                        volume(-30_000, 13),
                        volume(-20_000, 13),
                        volume(-10_000, 13),
                        volume(0, 13),
                        volume(10_000, 1));
    }

    private static String trade(String symbol, String price, long shares, long atMillis) {
        return "{\"symbol\":\"" + symbol + "\",\"price\":" + price + ",\"shares\":" + shares + ",\"atMillis\":"
                + atMillis + "}";
    }

    private static String volume(long fromMillis, long shares) {
        return "{\"fromMillis\":" + fromMillis + ",\"shares\":" + shares + ",\"symbol\":\"WEIR\",\"toMillis\":"
                + (fromMillis + 60_000) + "}";
    }
}
