package dev.weir.infra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What can be chosen, by context, by the environment and in code. */
class ChoicesTest {

    @Test
    void withoutAChoiceTheDefaultsHold() {
        assertThat(chosen(Map.of(), Map.of())).isEqualTo(BusConfig.of("weir"));
    }

    @Test
    void contextIsAboveTheEnvironment() {
        BusConfig config = chosen(
                Map.of("prefix", "acme", "shards", "on-demand", "keep-data", "false", "key", "customer"),
                Map.of("WEIR_BUS", "other", "WEIR_LANES", "8", "WEIR_RETENTION_DAYS", "30"));

        assertThat(config)
                .isEqualTo(BusConfig.of("acme")
                        .withLanes(8)
                        .withStreams(new BusConfig.Streams.OnDemand())
                        .withQueueRetention(Duration.ofDays(30))
                        .withStreamRetention(Duration.ofDays(30))
                        .withKeepData(false)
                        .withEncryption(BusConfig.Encryption.CUSTOMER_KEY));
    }

    @ParameterizedTest
    @CsvSource({
        "lanes, many, lanes must be a whole number: lanes=many",
        "lanes, 0, lanes must be 1 to 4096: lanes=0",
        "shards, 501, shards must be 1 to 500: shards=501",
        "keep-data, maybe, keep-data must be true or false: keep-data=maybe",
        "key, mine, key must be aws or customer: key=mine",
        "prefix, Shop, prefix must be",
        "prefix, shop-, prefix must be",
        "retention-days, 4000, queueRetention must be"
    })
    void whatCannotBeIsRefusedByName(String name, String value, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> chosen(Map.of(name, value), Map.of()))
                .withMessageContaining(message);
    }

    @Test
    void whatLambdaWouldRefuseIsRefusedHere() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BotConfig.DEFAULT.withMemoryMb(64))
                .withMessageContaining("memoryMb must be 128 to 10240: memoryMb=64");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BotConfig.DEFAULT.withTimeout(Duration.ofMinutes(16)))
                .withMessageContaining("timeout must be");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BotConfig.DEFAULT.withBatches(10, Duration.ofMillis(1_500)))
                .withMessageContaining("batchingWindow must be");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BotConfig.DEFAULT.withParallelization(11))
                .withMessageContaining("parallelization must be");
    }

    @Test
    void oneBotMayBeSaidMoreOf() {
        BotConfig large = BotConfig.DEFAULT.withMemoryMb(4_096);
        BusConfig config = BusConfig.of("shop").withBot("orders", large);

        assertThat(config.bot("orders")).isEqualTo(large);
        assertThat(config.bot("returns")).isEqualTo(BotConfig.DEFAULT);
        assertThat(large.givesUp()).isFalse();
        assertThat(large.withRetries(3).givesUp()).isTrue();
    }

    private static BusConfig chosen(Map<String, String> context, Map<String, String> environment) {
        return new WeirApp.Choices(name -> Optional.ofNullable(context.get(name)), environment).config();
    }
}
