package dev.weir.local.demo;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TimelineTest {
    private final Timeline timeline = new Timeline();

    private void sample(long... totals) {
        for (long total : totals) {
            timeline.sample(total);
        }
    }

    @Test
    void aBarIsWhatWasDecidedInItsSample() {
        sample(0, 80, 90, 90, 130);

        assertThat(timeline.draw(0.25)).containsExactly("decided, most 320 a second", "| █▁ ▄|", "|     | 1.3 s");
    }

    @Test
    void whatHappenedStandsUnderItsBarAndIsExplained() {
        sample(10);
        timeline.mark('R', "reshard");
        sample(20, 30);
        timeline.mark('K', "kill");

        assertThat(timeline.draw(1))
                .containsExactly("decided, most 10 a second", "|███|", "|R K| 3.0 s", " R reshard", " K kill");
    }

    @Test
    void manySamplesShareColumns() {
        for (int i = 1; i <= 145; i++) {
            sample(10L * i);
            if (i == 145) {
                timeline.mark('K', "kill");
            }
        }

        String bars = timeline.draw(1).get(1);
        assertThat(bars).hasSize(2 + 49).startsWith("|███").endsWith("█▃|");
        assertThat(timeline.draw(1).getFirst()).isEqualTo("decided, most 10 a second");
        assertThat(timeline.draw(1).get(2)).startsWith("| ").contains("K|");
    }

    @Test
    void whereNothingWasDecidedThereIsNoBar() {
        sample(0, 0);

        assertThat(timeline.draw(1)).startsWith("decided, most 1 a second", "|  |");
    }

    @Test
    void withoutSamplesThereIsNoPicture() {
        timeline.mark('K', "too early");

        assertThat(timeline.draw(1)).isEmpty();
    }
}
