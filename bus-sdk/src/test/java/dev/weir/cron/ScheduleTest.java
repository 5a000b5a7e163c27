package dev.weir.cron;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.SplittableRandom;
import java.util.StringJoiner;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScheduleTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "* * * * *        | 2026-11-21T10:15:30.500Z | 2026-11-21T10:16:00Z",
                "* * * * *        | 2026-11-21T10:15:00Z     | 2026-11-21T10:16:00Z",
                "* * * * *        | 2026-11-21T10:14:59.999Z | 2026-11-21T10:15:00Z",
                "0 * * * *        | 2026-12-31T23:00:00Z     | 2027-01-01T00:00:00Z",
                "*/15 * * * *     | 2026-11-21T10:31:00Z     | 2026-11-21T10:45:00Z",
                "5/15 * * * *     | 2026-11-21T10:36:00Z     | 2026-11-21T10:50:00Z",
                "0,30 8-10 * * *  | 2026-11-21T10:30:00Z     | 2026-11-22T08:00:00Z",
                "0 0 1 * *        | 2026-11-21T10:30:00Z     | 2026-12-01T00:00:00Z",
                "0 0 31 * *       | 2026-11-21T10:30:00Z     | 2026-12-31T00:00:00Z",
                "0 0 29 feb ?     | 2026-11-21T10:30:00Z     | 2028-02-29T00:00:00Z",
                "0 0 29 2 *       | 2097-01-01T00:00:00Z     | 2104-02-29T00:00:00Z",
                "0 0 * * MON      | 2026-11-21T10:30:00Z     | 2026-11-23T00:00:00Z",
                "0 0 * * 0        | 2026-11-21T10:30:00Z     | 2026-11-22T00:00:00Z",
                "0 0 * * 7        | 2026-11-21T10:30:00Z     | 2026-11-22T00:00:00Z",
                "0 0 * * 5-7      | 2026-11-22T00:00:00Z     | 2026-11-27T00:00:00Z",
                "0 0 23 * SAT     | 2026-11-21T10:30:00Z     | 2026-11-23T00:00:00Z",
                "30 * * * * *     | 2026-11-21T10:15:30Z     | 2026-11-21T10:16:30Z",
                "*/10 * * * * *   | 2026-11-21T10:15:30Z     | 2026-11-21T10:15:40Z",
                "0 0 12 * * 1-5   | 2026-11-21T10:15:30Z     | 2026-11-23T12:00:00Z",
                "  15  10 * * *   | 2026-11-21T10:15:30Z     | 2026-11-22T10:15:00Z"
            })
    void comesNext(String text, String after, String next) {
        long found = Schedule.parse(text)
                .orElseThrow()
                .after(Instant.parse(after).toEpochMilli())
                .orElseThrow();

        assertThat(Instant.ofEpochMilli(found)).as("%s", text).isEqualTo(Instant.parse(next));
    }

    @Test
    void aMomentThatNeverComesIsNotLookedForForEver() {
        assertThat(Schedule.parse("0 0 30 2 *").orElseThrow().after(0)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "*",
                "* * * *",
                "* * * * * * *",
                "60 * * * *",
                "* 24 * * *",
                "* * 0 * *",
                "* * * 13 *",
                "* * * * 8",
                "* * * * MOON",
                "5-1 * * * *",
                "*/0 * * * *",
                "-1 * * * *",
                "1,,2 * * * *",
                "1, * * * *",
                "a * * * *",
                "99999999999 * * * *",
                "every 5 minutes"
            })
    void whatIsNoScheduleIsNone(String text) {
        assertThat(Schedule.parse(text)).isEmpty();
    }

    /** Against the slow way: every second is asked by itself. */
    @Test
    void noMomentIsPassedOver() {
        long seed = Long.getLong("weir.seed", 1);
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 300; i++) {
            String text = draw(random);
            long from = 1_795_000_000_000L + random.nextLong(400L * 86_400_000);
            Schedule schedule = Schedule.parse(text).orElseThrow();
            long next = schedule.after(from).orElse(Long.MAX_VALUE);
            for (long second = from / 1000 + 1; second < from / 1000 + 4_000; second++) {
                boolean matches = schedule.after(second * 1000 - 1).orElse(-1) == second * 1000;
                if (matches || second * 1000 >= next) {
                    assertThat(next)
                            .as("-Dweir.seed=%d schedule=%s from=%d", seed, text, from)
                            .isEqualTo(second * 1000);
                    break;
                }
            }
        }
    }

    private static String draw(SplittableRandom random) {
        StringJoiner fields = new StringJoiner(" ");
        int[] lowest = {0, 0, 0, 1, 1, 0};
        int[] highest = {59, 59, 23, 28, 12, 7};
        for (int field = 0; field < 6; field++) {
            int from = random.nextInt(lowest[field], highest[field] + 1);
            int to = random.nextInt(from, highest[field] + 1);
            fields.add(
                    switch (random.nextInt(field < 3 ? 4 : 8)) {
                        case 0 -> "" + from;
                        case 1 -> from + "-" + to;
                        case 2 -> from + "," + to;
                        case 3 -> "*/" + (1 + random.nextInt(20));
                        default -> "*";
                    });
        }
        return fields.toString();
    }
}
