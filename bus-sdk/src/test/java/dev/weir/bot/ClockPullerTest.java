package dev.weir.bot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.graph.Puller.Pulled;
import dev.weir.memory.ManualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ClockPullerTest {
    private final ManualTime time =
            new ManualTime(Instant.parse("2026-11-20T10:00:30Z").toEpochMilli());
    private final ClockPuller clock = new ClockPuller("*/5 * * * *", time);

    @Test
    void theFirstPullBeginsNowAndGivesNothing() {
        Pulled first = clock.pull("", 10).orElseThrow();
        assertThat(first.payloads()).isEmpty();
        assertThat(clock.pull(first.cursor(), 10)).isEmpty();
    }

    @Test
    void eachMomentComesOnceAlsoThoseThatNobodySaw() {
        String cursor = clock.pull("", 10).orElseThrow().cursor();
        time.advance(Duration.ofMinutes(11));
        Pulled pulled = clock.pull(cursor, 10).orElseThrow();
        assertThat(pulled.payloads()).hasToString("[\"2026-11-20T10:05:00Z\", \"2026-11-20T10:10:00Z\"]");
        assertThat(clock.pull(pulled.cursor(), 10)).isEqualTo(Optional.empty());
        time.advance(Duration.ofMinutes(4));
        assertThat(clock.pull(pulled.cursor(), 10).orElseThrow().payloads()).hasToString("[\"2026-11-20T10:15:00Z\"]");
    }

    @Test
    void ofTooManyTheLastOnesCome() {
        String cursor = clock.pull("", 10).orElseThrow().cursor();
        time.advance(Duration.ofHours(10));
        Pulled pulled = clock.pull(cursor, 2).orElseThrow();
        assertThat(pulled.payloads()).hasToString("[\"2026-11-20T19:55:00Z\", \"2026-11-20T20:00:00Z\"]");
        assertThat(clock.pull(pulled.cursor(), 2)).isEmpty();
    }

    @Test
    void whatIsNoScheduleIsRefused() {
        assertThatThrownBy(() -> new ClockPuller("every day", time))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("schedule=every day");
    }
}
