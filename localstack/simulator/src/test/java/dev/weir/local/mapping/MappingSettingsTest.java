package dev.weir.local.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.weir.local.mapping.MappingSettings.Batching;
import dev.weir.local.mapping.MappingSettings.Retrying;
import dev.weir.model.SequenceNumber;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MappingSettingsTest {
    static final MappingSettings SETTINGS = MappingSettings.of(
            "arn:aws:kinesis:us-east-1:000000000000:stream/s", "arn:aws:lambda:us-east-1:000000000000:function:f");

    private static final Map<String, Function<Integer, Object>> PARAMETERS = Map.of(
            "size", size -> new Batching(size, Duration.ZERO),
            "window", seconds -> new Batching(1, Duration.ofSeconds(seconds)),
            "attempts", Retrying.DEFAULT::atMost,
            "age", Retrying.DEFAULT::upToAgeSeconds,
            "parallelization", SETTINGS::withParallelizationFactor,
            "tumbling", SETTINGS::withTumblingWindowSeconds);

    @ParameterizedTest
    @CsvSource({
        "size, 1, 10000, 0, 10001",
        "window, 0, 300, -1, 301",
        "attempts, -1, 10000, -2, 10001",
        "age, -1, 604800, 59, 604801",
        "age, 60, 604800, 0, -2",
        "parallelization, 1, 1, 0, 2",
        "tumbling, 0, 0, -1, 30"
    })
    void hasTheLimitsOfLambda(String name, int lowest, int highest, int tooLow, int tooHigh) {
        Function<Integer, Object> set = PARAMETERS.get(name);

        assertThatCode(() -> set.apply(lowest)).doesNotThrowAnyException();
        assertThatCode(() -> set.apply(highest)).doesNotThrowAnyException();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> set.apply(tooLow))
                .withMessageContaining("=" + value(name, tooLow));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> set.apply(tooHigh))
                .withMessageContaining("=" + value(name, tooHigh));
    }

    private static Object value(String name, int number) {
        return name.equals("window") ? Duration.ofSeconds(number) : number;
    }

    @Test
    void doesNotStartInTheMiddle() {
        assertThatIllegalArgumentException().isThrownBy(() -> SETTINGS.startingAt(Position.END));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SETTINGS.startingAt(new Position.After(SequenceNumber.ZERO)));
    }

    @Test
    void backoffDoublesUpToItsBound() {
        Retrying retrying = Retrying.DEFAULT.backingOff(Duration.ofMillis(100), Duration.ofSeconds(1));

        assertThat(List.of(0, 1, 2, 3, 4, 40, 1000))
                .extracting(retrying::backoffMillis)
                .containsExactly(100L, 200L, 400L, 800L, 1000L, 1000L, 1000L);
    }

    @ParameterizedTest
    @CsvSource({"TRIM_HORIZON", "LATEST", "SHARD_END", "AT_TIMESTAMP:17", "AFTER_SEQUENCE_NUMBER:4959"})
    void positionsAreTextAndBack(String text) {
        assertThat(Position.parse(text).text()).isEqualTo(text);
    }
}
