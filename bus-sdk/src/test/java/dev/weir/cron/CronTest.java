package dev.weir.cron;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.cron.Decision.Nothing;
import dev.weir.cron.Decision.Run;
import dev.weir.cron.Decision.Wait;
import dev.weir.port.Attribute;
import dev.weir.port.Condition;
import dev.weir.port.Edit;
import dev.weir.port.InvokeOutcome;
import dev.weir.port.Invoker;
import dev.weir.port.Path;
import dev.weir.port.Write;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CronTest extends CronFixture {

    @Test
    void aBotIsInvokedOnceForAWakeUp() {
        register(ORDERS);
        waker.wake(Map.of("orders", eid(1)));

        Cron.Round round = cron.round(List.of(BOT, BOT, "nobody"));
        Cron.Round again = cron.all();

        assertThat(round.invoked()).containsExactly(BOT);
        assertThat(again.invoked()).isEmpty();
        assertThat(again.nextMillis()).hasValue(START + Instance.BEGIN_MAX_MILLIS);
        assertThat(invoked).hasSize(1);
    }

    @Test
    void ofTwoThatSeeTheSameChangeOneInvokes() {
        register(ORDERS);
        waker.wake(Map.of("orders", eid(1)));
        items.before(() -> new Cron(
                        CRON,
                        items.memory,
                        (_, payload) -> {
                            invoked.add(payload);
                            return service;
                        },
                        time)
                .consider(BOT));

        Decision decision = cron.consider(BOT);

        assertThat(decision).isInstanceOf(Wait.class);
        assertThat(invoked).hasSize(1);
    }

    @Test
    void aWakeUpBetweenLookAndLockIsNotLost() {
        register(ORDERS);
        waker.wake(Map.of("orders", eid(1)));
        items.before(() -> new Waker(CRON, HEADS, items.memory, LANES, time).wake(Map.of("orders", eid(2))));

        cron.consider(BOT);

        assertThat(invocation().token()).isEqualTo(START + 1);
        assertThat(Reading.behind(row())).isNotEmpty();
        assertThat(Decide.isWoken(row())).isFalse();
    }

    @Test
    void aPauseBetweenLookAndLockIsObeyed() {
        register(ORDERS);
        waker.wake(Map.of("orders", eid(1)));
        items.before(() -> new Controls(CRON, items.memory, time).pause(BOT));

        assertThat(cron.consider(BOT)).isEqualTo(new Nothing(Nothing.Why.PAUSED));
        assertThat(invoked).isEmpty();
    }

    @Test
    void aLockWhoseAnswerIsLostIsUsed() {
        register(ORDERS);
        waker.wake(Map.of("orders", eid(1)));
        items.loseAnswer();

        assertThat(cron.consider(BOT)).isEqualTo(new Run(Run.Why.WOKEN));
        assertThat(invoked).hasSize(1);
    }

    @Test
    void aLockThatNeverArrivedIsTriedAgain() {
        register(ORDERS);
        waker.wake(Map.of("orders", eid(1)));
        items.loseRequest();
        items.throttle();

        assertThat(cron.consider(BOT)).isEqualTo(new Run(Run.Why.WOKEN));
        assertThat(invoked).hasSize(1);
    }

    static List<InvokeOutcome> failures() {
        return List.of(new InvokeOutcome.Refused("no such function"), new InvokeOutcome.Unknown("a time-out"));
    }

    /** S6: in RStreams a bot whose invocation failed looks as if it ran, for a quarter of an hour. */
    @ParameterizedTest
    @MethodSource("failures")
    void anInvocationThatFailsIsNotedAndTriedAgainAfterAPause(InvokeOutcome failure) {
        register(ORDERS);
        waker.wake(Map.of("orders", eid(1)));
        service = failure;

        cron.consider(BOT);
        Invocation late = invocation();

        assertThat(decision()).isEqualTo(new Wait(Wait.Why.BACKING_OFF, START + 2_250));
        assertThat(row().errors()).isEqualTo(1);
        assertThat(row().message().orElseThrow()).endsWith(failure.toString().replaceAll(".*=|]", ""));
        assertThat(runs.begin(late, "late", 60_000))
                .as("what is delivered after all does nothing")
                .isEmpty();

        service = InvokeOutcome.ACCEPTED;
        time.advance(Duration.ofMillis(2_250));
        assertThat(cron.consider(BOT)).isEqualTo(new Run(Run.Why.FAILED_BEFORE));
        assertThat(invocation().token()).isGreaterThan(late.token());
        runs.complete(runs.begin(invocation(), "r2", 60_000).orElseThrow());
        assertThat(row().errors()).isZero();
    }

    @Test
    void aRunThatBeganThoughNoAnswerCameIsLeftAlone() {
        register(ORDERS);
        waker.wake(Map.of("orders", eid(1)));
        Cron beginning = new Cron(
                CRON,
                items,
                (_, payload) -> {
                    runs.begin(Invocation.parse(payload).orElseThrow(), "r1", 60_000);
                    return new InvokeOutcome.Unknown("a time-out");
                },
                time);

        beginning.consider(BOT);

        assertThat(decision()).isEqualTo(new Wait(Wait.Why.RUNNING, START + 60_000));
        assertThat(row().errors()).isZero();
    }

    @Test
    void aRowThatIsTooLargeForAnInvocationIsAFailedRun() {
        register(ORDERS);
        set("notes", Attribute.of("x".repeat(Invoker.PAYLOAD_BYTES_MAX)));
        controls.run(BOT, Controls.Force.WHEN_IDLE);

        cron.consider(BOT);

        assertThat(invoked).isEmpty();
        assertThat(row().message().orElseThrow()).contains("too large");
    }

    @Test
    void oneBadRowDoesNotKeepOthersFromRunning() {
        register(ORDERS);
        controls.register(Registration.onQueues("aaa", "f", List.of(ORDERS)));
        waker.wake(Map.of("orders", eid(1)));
        items.memory.write(new Write.Edits(
                CronRows.key(CRON, "aaa"),
                List.of(new Edit.Set(Path.of("instances"), Attribute.of("none"))),
                Condition.ALWAYS));

        Cron.Round round = cron.round(List.of("aaa", BOT));

        assertThat(round.invoked()).containsExactly(BOT);
        assertThat(round.faults()).singleElement().asString().contains("bot=aaa", "path=instances");
    }

    @Test
    void aScheduleRunsOnceForAllMomentsThatWereMissed() {
        controls.register(new Registration(
                BOT,
                Optional.of(BOT + "-function"),
                List.of(),
                Optional.of("*/10 * * * * *"),
                Optional.empty(),
                "every ten seconds"));
        assertThat(cron.consider(BOT)).isEqualTo(new Wait(Wait.Why.SCHEDULED, START - START % 10_000 + 10_000));
        assertThat(invoked).isEmpty();

        time.advance(Duration.ofHours(1));

        assertThat(cron.consider(BOT)).isEqualTo(new Run(Run.Why.SCHEDULED));
        runs.complete(runs.begin(invocation(), "r1", 60_000).orElseThrow());
        assertThat(cron.consider(BOT)).isInstanceOf(Wait.class);
        assertThat(invoked).hasSize(1);
    }

    @Test
    void aClockThatGoesBackRunsNoScheduleTwice() {
        controls.register(new Registration(
                BOT,
                Optional.of(BOT + "-function"),
                List.of(),
                Optional.of("* * * * *"),
                Optional.empty(),
                "every minute"));
        cron.consider(BOT);
        time.advance(Duration.ofMinutes(1));
        cron.consider(BOT);
        runs.complete(runs.begin(invocation(), "r1", 60_000).orElseThrow());

        time.advance(Duration.ofMinutes(-5));
        controls.run(BOT, Controls.Force.WHEN_IDLE);
        cron.consider(BOT);
        runs.complete(runs.begin(invocation(), "r2", 60_000).orElseThrow());
        time.advance(Duration.ofMinutes(4));

        assertThat(cron.consider(BOT)).isInstanceOf(Wait.class);
        assertThat(invoked).hasSize(2);
    }

    @Test
    void registeringAgainKeepsCheckpointsMarksAndThePause() {
        register(ORDERS);
        waker.wake(Map.of("orders", eid(1)));
        move(ORDERS, Optional.empty(), eid(1));
        controls.pause(BOT);
        set("owner", Attribute.of("ann"));

        register(BILLS);

        CronRow row = row();
        assertThat(row.triggers()).containsExactly(BILLS);
        assertThat(row.read(ORDERS)).contains(at(eid(1)));
        assertThat(row.requested(ORDERS)).contains(eid(1));
        assertThat(row.trigger()).hasValue(START);
        assertThat(row.isPaused()).isTrue();
        assertThat(row.item().text("owner")).isEqualTo("ann");
    }
}
