package dev.weir.cron;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.cron.Decision.Nothing;
import dev.weir.cron.Decision.Run;
import dev.weir.cron.Decision.Wait;
import dev.weir.port.Attribute;
import dev.weir.port.Edit;
import dev.weir.port.Write;
import dev.weir.port.WriteOutcome;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RunsTest extends CronFixture {

    @BeforeEach
    void aBotThatWasWoken() {
        register(ORDERS);
        waker.wake(Map.of("orders", eid(5)));
    }

    @Test
    void aRunBeginsReadsAndEnds() {
        Lock lock = beginRun("r1");

        assertThat(items.write(read(lock, Optional.empty(), eid(5)))).isEqualTo(WriteOutcome.WRITTEN);
        assertThat(runs.complete(lock)).isEqualTo(Runs.Ending.NOTED);

        assertThat(decision()).isEqualTo(new Nothing(Nothing.Why.UP_TO_DATE));
        assertThat(row().errors()).isZero();
    }

    @Test
    void anInvocationThatIsDeliveredTwiceBeginsOnce() {
        beginRun("r1");

        assertThat(runs.begin(invocation(), "r2", 60_000)).isEmpty();
    }

    @Test
    void aRunWhoseBeginningGotNoAnswerHasItsLock() {
        cron.consider(BOT);
        items.loseAnswer();

        assertThat(runs.begin(invocation(), "r1", 60_000)).isPresent();
    }

    @Test
    void aRunWhoseEndGotNoAnswerIsCountedOnce() {
        Lock lock = beginRun("r1");
        items.loseAnswer();

        assertThat(runs.fail(lock, "no")).isEqualTo(Runs.Ending.NOTED);

        assertThat(row().errors()).isEqualTo(1);
    }

    /** The lock is a fence: a run that wakes up after a newer one began can do nothing to it. */
    @Test
    void aStaleRunCanNeitherCheckpointNorEndWhatANewerOneHas() {
        Lock stale = beginRun("r1");
        time.advance(Duration.ofHours(1));
        Lock newer = beginRun("r2");
        Map<String, Attribute> before = row().item().attributes();

        assertThat(items.write(read(stale, Optional.empty(), eid(5)))).isInstanceOf(WriteOutcome.ConditionFailed.class);
        assertThat(runs.complete(stale)).isEqualTo(Runs.Ending.FENCED);
        assertThat(runs.completeAndRunAgain(stale)).isEqualTo(Runs.Ending.FENCED);
        assertThat(runs.fail(stale, "late")).isEqualTo(Runs.Ending.FENCED);

        assertThat(row().item().attributes()).isEqualTo(before);
        assertThat(newer.token()).isGreaterThan(stale.token());
        assertThat(items.write(read(newer, Optional.empty(), eid(5)))).isEqualTo(WriteOutcome.WRITTEN);
        assertThat(runs.complete(newer)).isEqualTo(Runs.Ending.NOTED);
    }

    /** Also when the newer run was invoked for the same mark, by a clock that stands still. */
    @Test
    void noTwoInvocationsHaveTheSameToken() {
        Lock first = beginRun("r1");
        move(ORDERS, Optional.empty(), eid(3));
        runs.complete(first);

        Lock second = beginRun("r2");

        assertThat(time.epochMillis()).isEqualTo(START);
        assertThat(second.token()).isGreaterThan(first.token());
    }

    @Test
    void aRunThatWasFencedByAnOperatorIsOver() {
        Lock lock = beginRun("r1");

        controls.run(BOT, Controls.Force.NOW);

        assertThat(decision()).isEqualTo(new Run(Run.Why.FORCED));
        assertThat(runs.complete(lock)).isEqualTo(Runs.Ending.FENCED);
        assertThat(beginRun("r2").token()).isGreaterThan(lock.token());
    }

    @Test
    void anInvocationThatComesAfterANewerOneDoesNotBegin() {
        cron.consider(BOT);
        Invocation late = invocation();
        time.advance(Duration.ofMinutes(3));
        cron.consider(BOT);

        assertThat(runs.begin(late, "r1", 60_000)).isEmpty();
        assertThat(runs.begin(invocation(), "r2", 60_000)).isPresent();
    }

    @Test
    void aRunThatFailsIsFollowedByLongerPausesUntilItIsRogueAndForceForgivesAll() {
        long pause = 0;
        for (int failure = 1; failure <= Decide.ERRORS_MAX + 1; failure++) {
            Lock lock = beginRun("r" + failure);
            runs.fail(lock, "failure " + failure);
            Wait wait = (Wait) decision();
            assertThat(wait.why()).isEqualTo(failure > Decide.ERRORS_MAX ? Wait.Why.ROGUE : Wait.Why.BACKING_OFF);
            assertThat(wait.untilMillis() - time.epochMillis()).isGreaterThanOrEqualTo(pause);
            pause = wait.untilMillis() - time.epochMillis();
            if (failure <= Decide.ERRORS_MAX) {
                time.advance(Duration.ofMillis(pause));
            }
        }
        assertThat(pause).isEqualTo(Decide.BACKOFF_MAX_MILLIS);
        assertThat(row().message()).contains("failure 11");

        controls.run(BOT, Controls.Force.WHEN_IDLE);

        Lock lock = beginRun("forced");
        runs.complete(lock);
        assertThat(row().errors()).isZero();
    }

    @Test
    void aPausedBotDoesNotRunUntilItIsResumedOrForced() {
        controls.pause(BOT);
        assertThat(cron.consider(BOT)).isEqualTo(new Nothing(Nothing.Why.PAUSED));

        controls.run(BOT, Controls.Force.WHEN_IDLE);
        Lock lock = beginRun("forced");
        runs.complete(lock);
        assertThat(cron.consider(BOT)).isEqualTo(new Nothing(Nothing.Why.PAUSED));

        controls.resume(BOT);
        assertThat(decision()).isInstanceOf(Wait.class);
        time.advance(Duration.ofSeconds(10));
        assertThat(cron.consider(BOT)).isEqualTo(new Run(Run.Why.BEHIND));
    }

    @Test
    void aRunThatAsksForItRunsAgainAtOnce() {
        Lock lock = beginRun("r1");
        move(ORDERS, Optional.empty(), eid(5));

        runs.completeAndRunAgain(lock);

        assertThat(decision()).isEqualTo(new Run(Run.Why.WOKEN));
    }

    /** D5: in RStreams a bot that wants none of its last events is invoked in a hot loop for ever. */
    @Test
    void aBotThatWantsNoneOfItsEventsIsNotInvokedInALoop() {
        int runsInTenMinutes = 0;
        long end = START + Duration.ofMinutes(10).toMillis();
        while (time.epochMillis() < end) {
            if (cron.consider(BOT) instanceof Run) {
                runsInTenMinutes++;
                runs.complete(
                        runs.begin(invocation(), "r" + runsInTenMinutes, 60_000).orElseThrow());
            }
            time.advance(Duration.ofMillis(100));
        }
        assertThat(runsInTenMinutes).isBetween(2, 8);

        waker.wake(Map.of("orders", eid(6)));

        assertThat(decision()).as("a new event ends the pause").isEqualTo(new Run(Run.Why.WOKEN));
    }

    /** The other half of D5: a bot that has more to read than fits into a run goes on at once. */
    @Test
    void aBotThatMovesOnAndIsNotDoneRunsAgainAtOnce() {
        Lock lock = beginRun("r1");
        move(ORDERS, Optional.empty(), eid(3));
        runs.complete(lock);

        assertThat(decision()).isEqualTo(new Run(Run.Why.BEHIND));
    }

    @Test
    void aCheckpointThatIsSetBackWakesTheBotAndStopsTheRunThatReads() {
        Lock lock = beginRun("r1");
        items.write(read(lock, Optional.empty(), eid(5)));

        controls.checkpoint(BOT, ORDERS, "z/");

        assertThat(items.write(read(lock, Optional.of(eid(5)), eid(6))))
                .isInstanceOf(WriteOutcome.ConditionFailed.class);
        runs.complete(lock);
        assertThat(decision()).isEqualTo(new Run(Run.Why.WOKEN));
        assertThat(row().read(ORDERS).orElseThrow().eid()).isEqualTo("z/");
    }

    /** As leo-sdk writes it, in the order of its requests: lock, checkpoint, completion. */
    @Test
    void leoSdksOwnUpdatesWorkOnARowThatWeInvoked() {
        cron.consider(BOT);
        long token = invocation().token();
        String now = "1795180150467";
        edit(
                new Edit.Set(Paths.instance("0").then("startTime"), number(now)),
                new Edit.Set(Paths.instance("0").then("requestId"), Attribute.of("lam-1")),
                new Edit.Set(Paths.instance("0").then("maxDuration"), number("60000")));
        edit(new Edit.Set(Paths.read(ORDERS), at(eid(5)).toAttribute()));
        edit(
                new Edit.Set(Paths.instance("0").then("completedTime"), number(now)),
                new Edit.Set(Paths.instance("0").then("status"), Attribute.of("complete")),
                new Edit.Set(Paths.instance("0").then("log"), Attribute.of(new byte[] {1})),
                new Edit.Set(Paths.instance("0").then("result"), new Attribute.Null()),
                new Edit.Set(Paths.MESSAGE, new Attribute.Null()),
                new Edit.Set(Paths.ERROR_COUNT, number("0")));

        assertThat(decision()).isEqualTo(new Nothing(Nothing.Why.UP_TO_DATE));
        Attribute stored = Paths.at(row().item(), Paths.instance("0").then("token"));
        assertThat(stored).isEqualTo(Attribute.of(token));
    }

    private static Attribute number(String value) {
        return Attribute.of(Long.parseLong(value));
    }

    private static Write read(Lock lock, Optional<String> from, String to) {
        return CronWrite.of(CRON, BOT).read(ORDERS, from, at(to)).under(lock).build();
    }
}
