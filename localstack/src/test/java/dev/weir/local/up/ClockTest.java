package dev.weir.local.up;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.cron.Schedule;
import dev.weir.local.mapping.FunctionErrorException;
import dev.weir.local.mapping.FunctionInvoker;
import dev.weir.local.template.FunctionName;
import dev.weir.local.template.ScheduleResource;
import dev.weir.local.template.ScheduleResource.Every;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ClockTest {
    private static final int WAIT_SECONDS = 20;

    /** A tenth of a second before a full minute, for ever. */
    private static final long ALMOST = 1_795_305_599_900L;

    private final BlockingQueue<String> given = new LinkedBlockingQueue<>();
    private final List<String> log = Collections.synchronizedList(new ArrayList<>());
    private final FunctionInvoker function = event -> {
        given.add(new String(event, StandardCharsets.UTF_8));
        return new byte[0];
    };

    private static ScheduleResource every(Every every) {
        return new ScheduleResource(
                "shop-tick", every, new FunctionName("shop-count", Optional.empty()), "{\"tick\":true}", true);
    }

    private static Every daily() {
        return new Every.Rate(Duration.ofDays(1));
    }

    @Test
    void aRateBeginsAtOnceWithItsInput() throws InterruptedException {
        try (Clock clock = new Clock(() -> ALMOST, log::add)) {
            clock.add(every(daily()), function);

            assertThat(given.poll(WAIT_SECONDS, TimeUnit.SECONDS)).isEqualTo("{\"tick\":true}");
        }
        assertThat(given).as("the next is a day away").isEmpty();
    }

    @Test
    void timesAreWaitedForAgainAndAgain() throws InterruptedException {
        try (Clock clock = new Clock(() -> ALMOST, log::add)) {
            clock.add(every(new Every.Cron(Schedule.parse("* * * * *").orElseThrow())), function);

            assertThat(given.poll(WAIT_SECONDS, TimeUnit.SECONDS)).isNotNull();
            assertThat(given.poll(WAIT_SECONDS, TimeUnit.SECONDS)).isNotNull();
        }
    }

    @Test
    void aFailureIsSaidAndTheNextOneComes() throws InterruptedException {
        FunctionInvoker failing = event -> {
            function.invoke(event);
            throw new FunctionErrorException("Unhandled", "told to fail");
        };
        try (Clock clock = new Clock(() -> ALMOST, log::add)) {
            clock.add(every(new Every.Rate(Duration.ofMillis(20))), failing);

            for (int i = 0; i < 3; i++) {
                assertThat(given.poll(WAIT_SECONDS, TimeUnit.SECONDS)).isNotNull();
            }
        }
        assertThat(log)
                .first()
                .isEqualTo(
                        "weir: a scheduled function failed: schedule=shop-tick function=shop-count reason=Unhandled: told to fail");
    }

    @Test
    void oneThatLooksAroundForAMinuteIsEndedWithTheClock() throws InterruptedException {
        CountDownLatch ended = new CountDownLatch(1);
        FunctionInvoker looking = event -> {
            given.add("looking");
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                ended.countDown();
            }
            return event;
        };
        try (Clock clock = new Clock(() -> ALMOST, log::add)) {
            clock.add(every(daily()), looking);
            assertThat(given.poll(WAIT_SECONDS, TimeUnit.SECONDS)).isEqualTo("looking");
        }

        assertThat(ended.await(WAIT_SECONDS, TimeUnit.SECONDS)).isTrue();
    }
}
