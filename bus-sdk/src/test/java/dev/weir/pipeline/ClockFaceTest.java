package dev.weir.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The event time of a lane. */
class ClockFaceTest {
    private static final long IDLE = ClockFace.IDLE_MILLIS;

    @Test
    void theWatermarkIsTheLatestTimeAndNeverGoesBack() {
        ClockFace face = ClockFace.NONE.advanced("a", 100).advanced("a", 50);
        assertThat(face.watermark(1)).isEqualTo(100);
        assertThat(face.withFloor(200).watermark(1)).isEqualTo(200);
    }

    @Test
    void ofSeveralFeedsTheOneFurthestBehindCounts() {
        ClockFace face = ClockFace.NONE.advanced("a", 100);
        assertThat(face.watermark(2)).isEqualTo(Long.MIN_VALUE);
        assertThat(face.advanced("b", 70).watermark(2)).isEqualTo(70);
    }

    @Test
    void aFeedThatGivesNothingGoesOnAsTheWallClockDoesAfterAWhile() {
        ClockFace face = ClockFace.NONE.advanced("a", 100).looked(1_000_000);
        assertThat(face.looked(1_000_000 + IDLE).watermark(1, 1_000_000 + IDLE)).isEqualTo(100);
        assertThat(face.looked(1_000_007 + IDLE).watermark(1, 1_000_007 + IDLE)).isEqualTo(107);
    }

    @Test
    void aFeedThatGivesSomethingIsNotIdle() {
        ClockFace face = ClockFace.NONE.advanced("a", 100).looked(1_000_000).advanced("a", 110);
        long later = 1_000_000 + 10 * IDLE;
        assertThat(face.looked(later).watermark(1, later)).isEqualTo(110);
    }

    @Test
    void aFeedOfWhichNothingEverCameHoldsTimeBackForAWhileOnly() {
        ClockFace face = ClockFace.NONE.advanced("a", 100).looked(1_000_000);
        assertThat(face.watermark(2, 1_000_000 + IDLE)).isEqualTo(Long.MIN_VALUE);
        assertThat(face.watermark(2, 1_000_001 + IDLE)).isEqualTo(101);
    }
}
