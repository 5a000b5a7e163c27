package dev.weir.cron;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.cron.Decision.Run;
import dev.weir.port.Attribute;
import dev.weir.port.Condition;
import dev.weir.port.Edit;
import dev.weir.port.Path;
import dev.weir.port.StoreUnavailableException;
import dev.weir.port.Write;
import dev.weir.queue.QueueName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WakerTest extends CronFixture {

    @Test
    void aBotIsWokenForTheQueuesThatItReadsOnly() {
        register(ORDERS);

        assertThat(waker.wake(Map.of("bills", eid(1))).bots()).isEmpty();
        assertThat(waker.wake(Map.of("orders", eid(1))).bots()).containsExactly(BOT);

        assertThat(row().requested(ORDERS)).contains(eid(1));
        assertThat(row().requested(BILLS)).isEmpty();
        assertThat(decision()).isEqualTo(new Run(Run.Why.WOKEN));
    }

    /** S5: in RStreams a row without the map fails its update, and with it the batch of all other bots, for ever. */
    @Test
    void aRowWithoutTheMapIsMendedAndWoken() {
        register(ORDERS);
        edit(new Edit.Remove(Path.of("requested_kinesis")), new Edit.Remove(Path.of("instances")));

        assertThat(waker.wake(Map.of("orders", eid(1))).bots()).containsExactly(BOT);

        assertThat(cron.consider(BOT)).isEqualTo(new Run(Run.Why.WOKEN));
    }

    /** S5, where the row cannot be mended. */
    @Test
    void aRowThatCannotBeWokenDoesNotKeepOthersFromBeingWoken() {
        register(ORDERS);
        controls.register(Registration.onQueues("bad", "f", List.of(ORDERS)));
        items.memory.write(new Write.Edits(
                CronRows.key(CRON, "bad"),
                List.of(new Edit.Set(Path.of("requested_kinesis"), Attribute.of("none"))),
                Condition.ALWAYS));

        Waker.Woken woken = waker.wake(Map.of("orders", eid(1)));

        assertThat(woken.bots()).containsExactly(BOT);
        assertThat(woken.faults()).singleElement().asString().contains("bot=bad", "path=requested_kinesis");
    }

    /** S4, on this side: what a bot is woken for never goes back, in whatever order the changes of a head arrive. */
    @Test
    void changesOfAHeadThatComeLateOrTwiceChangeNothing() {
        register(ORDERS);
        waker.wake(Map.of("orders", eid(5)));
        Map<String, Attribute> before = row().item().attributes();

        assertThat(waker.wake(Map.of("orders", eid(5))).bots()).isEmpty();
        assertThat(waker.wake(Map.of("orders", eid(3))).bots()).isEmpty();

        assertThat(row().item().attributes()).isEqualTo(before);
    }

    @Test
    void ofTwoThatWakeAtOnceTheLaterEventIsKept() {
        register(ORDERS);
        items.before(() -> new Waker(CRON, HEADS, items.memory, LANES, time).wake(Map.of("orders", eid(9))));

        waker.wake(Map.of("orders", eid(5)));

        assertThat(row().requested(ORDERS)).contains(eid(9));
    }

    /** RStreams' own trigger sets the time as the mark, which may be the mark that is there. */
    @Test
    void anotherClientThatWakesWithoutANewMarkIsNotOverwritten() {
        register(ORDERS);
        items.before(() -> edit(new Edit.Set(Paths.REQUESTED.then("queue:orders"), Attribute.of(eid(9)))));

        waker.wake(Map.of("orders", eid(5)));

        assertThat(row().requested(ORDERS)).contains(eid(9));
    }

    /** Clocks of those who wake and of those who run need not agree: a wake-up is never taken for one that was answered. */
    @Test
    void aWakeUpByAClockThatIsBehindCounts() {
        register(ORDERS);
        waker.wake(Map.of("orders", eid(1)));
        Lock lock = beginRun("r1");
        move(ORDERS, Optional.empty(), eid(9));
        runs.complete(lock);
        time.advance(Duration.ofHours(-1));

        waker.wake(Map.of("orders", eid(2)));
        assertThat(decision()).isEqualTo(new Run(Run.Why.WOKEN));
        runs.complete(beginRun("r2"));
        controls.run(BOT, Controls.Force.WHEN_IDLE);

        assertThat(decision()).isEqualTo(new Run(Run.Why.FORCED));
    }

    @Test
    void subQueuesOfLanesWakeTheBotsOfTheirQueue() {
        register(ORDERS);

        waker.wake(Map.of("orders.3", eid(1), "orders.4", eid(1), "orders.x", eid(1)));

        assertThat(row().requested().keySet()).containsExactly("queue:orders.3");
        assertThat(Decide.of(row(), START)).isEqualTo(new Run(Run.Why.WOKEN));
        cron.consider(BOT);
        assertThat(Reading.isBehind(row())).isTrue();
        move(QueueName.of("orders.3"), Optional.empty(), eid(1));
        assertThat(Reading.isBehind(row())).isFalse();
    }

    @Test
    void queuesOfSystemsAndBotsWakeUnderTheirOwnNames() {
        register(QueueName.parse("system:shop"), QueueName.parse("bot:ledger"));

        waker.wake(Map.of("system.shop", eid(1), "bot.ledger", eid(2), "shop", eid(3)));

        assertThat(row().requested())
                .isEqualTo(Map.of("system:shop", Attribute.of(eid(1)), "bot:ledger", Attribute.of(eid(2))));
    }

    @Test
    void moreQueuesThanFitIntoAWriteAreAllNoted() {
        List<QueueName> queues = new ArrayList<>();
        Map<String, String> heads = new HashMap<>();
        for (int i = 0; i < 2 * Waker.NOTES_MAX + 1; i++) {
            queues.add(QueueName.of("q-" + i));
            heads.put("q-" + i, eid(i));
        }
        register(queues.toArray(QueueName[]::new));

        waker.wake(heads);

        assertThat(row().requested()).hasSize(heads.size());
    }

    @Test
    void aBotThatWasRegisteredAMomentAgoIsWokenByTheNextSweep() {
        waker.wake(Map.of("bills", eid(1)));
        register(ORDERS);
        head("orders", eid(1));
        assertThat(waker.wake(Map.of("orders", eid(1))).bots())
                .as("the list of bots is read every ten seconds")
                .isEmpty();

        assertThat(waker.sweep().bots()).containsExactly(BOT);
        assertThat(waker.sweep().bots()).isEmpty();

        head("orders.2", eid(7));
        assertThat(waker.sweep().bots()).containsExactly(BOT);
        assertThat(row().requested().keySet()).containsExactlyInAnyOrder("queue:orders", "queue:orders.2");
    }

    @Test
    void theListOfBotsIsReadAgainAfterAWhileAlsoByAClockThatGoesBack() {
        waker.wake(Map.of("bills", eid(1)));
        register(ORDERS);

        time.advance(Duration.ofSeconds(10));
        assertThat(waker.wake(Map.of("orders", eid(1))).bots()).containsExactly(BOT);
        register(BILLS);
        time.advance(Duration.ofHours(-1));
        assertThat(waker.wake(Map.of("bills", eid(1))).bots()).containsExactly(BOT);
    }

    @Test
    void archivedBotsSleep() {
        register(ORDERS);
        set("archived", Attribute.of(true));

        assertThat(waker.wake(Map.of("orders", eid(1))).bots()).isEmpty();
    }

    @Test
    void aStoreThatDoesNotAnswerLeavesTheBatchToBeDoneAgain() {
        register(ORDERS);
        for (int i = 0; i < Insistence.ATTEMPTS_MAX; i++) {
            items.throttle();
        }

        assertThatThrownBy(() -> waker.wake(Map.of("orders", eid(1)))).isInstanceOf(StoreUnavailableException.class);
        assertThat(waker.wake(Map.of("orders", eid(1))).bots()).containsExactly(BOT);
    }
}
