package dev.weir.writer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.weir.model.Lanes;
import dev.weir.port.Time;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class WriterArgumentsTest {

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void whatIsOutOfBoundsIsNamed(String message, Supplier<Object> wrong) {
        assertThatIllegalArgumentException().isThrownBy(wrong::get).withMessageContaining(message);
    }

    static Stream<Arguments> whatIsOutOfBoundsIsNamed() {
        var limits = WriterLimits.DEFAULTS;
        var second = Duration.ofSeconds(1);
        return Stream.of(
                row("recordRawBytesMax=0", () -> limits.withRecord(0, 1)),
                row("recordRawBytesMax=16777217", () -> limits.withRecord(16 * 1024 * 1024 + 1, 1)),
                row("recordEventsMax=0", () -> limits.withRecord(1, 0)),
                row("eventBytesMax=1032193", () -> limits.withEventBytesMax(1008 * 1024 + 1)),
                row("delayMax.millis=-1", () -> limits.withDelayMax(Duration.ofMillis(-1))),
                row("bufferedBytesMax=921604", () -> limits.withBufferedBytesMax(900 * 1024 + 4)),
                row("deadline.millis=0", () -> limits.withRetry(Duration.ZERO, second, second)),
                row("backoffFirst.millis=0", () -> limits.withRetry(second, Duration.ZERO, second)),
                row("backoffMax.millis=999", () -> limits.withRetry(second, second, Duration.ofMillis(999))),
                row("senders=0", () -> limits.withSenders(0)),
                row("length=0", () -> Producer.fresh("", "s", new Lanes(1))),
                row("length=129", () -> Producer.fresh("p".repeat(129), "s", new Lanes(1))),
                row("lane=1 firstNumber=1", () -> new Producer("p", "s", new Lanes(1), Map.of(1, 1L))),
                row("lane=0 firstNumber=0", () -> new Producer("p", "s", new Lanes(1), Map.of(0, 0L))));
    }

    private static Arguments row(String message, Supplier<Object> wrong) {
        return Arguments.of(message, wrong);
    }

    @Test
    void aClockThatIsSetBackStopsNoTimer() {
        Queue<Long> clock = new ArrayDeque<>(List.of(5_000L, 5_010L, 1_000L, 1_007L));
        var elapsed = new Elapsed(new Time() {
            @Override
            public long epochMillis() {
                return clock.remove();
            }

            @Override
            public void pause(Duration duration) {
                throw new UnsupportedOperationException();
            }
        });
        assertThat(List.of(elapsed.millis(), elapsed.millis(), elapsed.millis()))
                .containsExactly(10L, 10L, 17L);
    }
}
