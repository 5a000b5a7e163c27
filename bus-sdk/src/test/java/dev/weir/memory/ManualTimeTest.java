package dev.weir.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ManualTimeTest {

    @Test
    void standsUntilItIsMovedOrSomeonePauses() {
        ManualTime time = new ManualTime(1000);
        assertThat(time.epochMillis()).isEqualTo(1000);

        time.pause(Duration.ofMillis(250));
        assertThat(time.epochMillis()).isEqualTo(1250);
        time.pause(Duration.ofMillis(-5));
        assertThat(time.epochMillis()).isEqualTo(1250);

        time.advance(Duration.ofSeconds(-1));
        assertThat(time.epochMillis()).isEqualTo(250);
    }
}
