package dev.weir.writer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.weir.memory.ManualTime;
import dev.weir.model.Json;
import dev.weir.model.Lanes;
import dev.weir.writer.ScriptedStreams.Arrival;
import dev.weir.writer.ScriptedStreams.Fate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SteppedWriterTest {
    private static final WriterLimits LIMITS = WriterLimits.DEFAULTS
            .withRecord(1_000, 3)
            .withDelayMax(Duration.ofMillis(50))
            .withRetry(Duration.ofSeconds(60), Duration.ofMillis(10), Duration.ofMillis(100));

    private final ManualTime time = new ManualTime(1_000);

    private SteppedWriter writer(ScriptedStreams streams, WriterLimits limits) {
        Producer producer = Producer.fresh("p", "s", new Lanes(4));
        return new SteppedWriter(streams, producer, time, new Random(1), limits);
    }

    @Test
    void nothingIsSentBeforeItIsDue() {
        ScriptedStreams streams = ScriptedStreams.reliable();
        SteppedWriter writer = writer(streams, LIMITS);
        assertThat(writer.dueMillis()).isEmpty();
        writer.put("a", Json.of("1"));

        assertThat(writer.step()).isFalse();
        assertThat(writer.dueMillis()).hasValue(1_050);
        time.advance(Duration.ofMillis(50));
        assertThat(writer.step()).isTrue();

        assertThat(writer.isDrained()).isTrue();
        assertThat(streams.arrivals()).extracting(Arrival::event).containsExactly("1");
    }

    @Test
    void aFlushMakesEverythingDue() {
        ScriptedStreams streams = ScriptedStreams.reliable();
        SteppedWriter writer = writer(streams, LIMITS);
        writer.put("a", Json.of("1"));
        writer.flush();

        assertThat(writer.dueMillis()).hasValue(1_000);
        assertThat(writer.step()).isTrue();
        assertThat(streams.arrivals()).hasSize(1);
    }

    /** Whatever the stream does: without second copies each lane has its events in order and without a gap. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void whatIsNotAcceptedIsSentAgainUnderTheSameNumbers(long seed) {
        Random random = new Random(seed);
        Fate[] fates = Fate.values();
        ScriptedStreams streams = new ScriptedStreams((_, _) -> fates[random.nextInt(fates.length)]);
        SteppedWriter writer = writer(streams, LIMITS);
        for (int i = 0; i < 200; i++) {
            writer.put("key" + i % 9, Json.of(Integer.toString(i)));
            writer.step();
            time.advance(Duration.ofMillis(random.nextInt(20)));
        }
        writer.flush();
        while (!writer.isDrained()) {
            writer.step();
            time.advance(Duration.ofMillis(5));
        }

        List<Arrival> first = new ArrayList<>(new LinkedHashSet<>(streams.arrivals()));
        assertThat(first).as("seed=%d", seed).hasSize(200);
        for (int lane = 0; lane < 4; lane++) {
            int of = lane;
            List<Arrival> ofLane =
                    first.stream().filter(each -> each.lane() == of).toList();
            for (int i = 0; i < ofLane.size(); i++) {
                assertThat(ofLane.get(i).number())
                        .as("seed=%d lane=%d", seed, lane)
                        .isEqualTo(i + 1L);
            }
        }
    }

    @Test
    void aRecordThatIsNeverAcceptedFailsTheStepAtItsDeadline() {
        ScriptedStreams streams = new ScriptedStreams((_, _) -> Fate.REFUSE);
        SteppedWriter writer = writer(streams, LIMITS);
        writer.put("a", Json.of("1"));
        writer.flush();
        assertThatExceptionOfType(WriterFailedException.class).isThrownBy(() -> {
            for (int i = 0; i < 10_000; i++) {
                writer.step();
                time.advance(Duration.ofMillis(20));
            }
        });
    }

    @Test
    void aFullBufferTakesNothingMore() {
        SteppedWriter writer =
                writer(ScriptedStreams.reliable(), LIMITS.withEventBytesMax(100).withBufferedBytesMax(120));
        writer.put("a", Json.of("\"" + "x".repeat(90) + "\""));
        assertThat(writer.hasRoom(90)).isFalse();
        assertThatIllegalStateException()
                .isThrownBy(() -> writer.put("a", Json.of("\"" + "x".repeat(90) + "\"")))
                .withMessageContaining("step until it has room");
    }
}
