package dev.weir.functions.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One fault, at each call that a process makes to the outside, one run for each. */
class FaultAtEveryCallTest {

    @ParameterizedTest
    @CsvSource({
        "1, KILLED_BEFORE", "4, KILLED_BEFORE", "16, KILLED_BEFORE",
        "1, KILLED_AFTER", "4, KILLED_AFTER", "16, KILLED_AFTER",
        "1, REFUSED", "4, REFUSED", "16, REFUSED",
        "1, LOST_ANSWER", "4, LOST_ANSWER", "16, LOST_ANSWER",
        "1, LOST_REQUEST", "4, LOST_REQUEST", "16, LOST_REQUEST",
        "1, UNAVAILABLE", "4, UNAVAILABLE", "16, UNAVAILABLE"
    })
    void changesNothingOfTheResult(int lanes, Fault fault) {
        int calls = Small.calls(lanes);
        assertThat(calls).isGreaterThan(7);
        for (int i = 0; i < calls; i++) {
            var world = Small.world(lanes);
            var copies = List.of(world.copy(Plan.once(i, fault)), world.copy()).iterator();
            Small.delivery(world).by(copies::next).drain();
            assertThatCode(() -> Small.audit(world))
                    .as("fault=%s call=%d", fault, i)
                    .doesNotThrowAnyException();
        }
    }

    /** Each process dies at its nth call: they get a little further each time. */
    @ParameterizedTest
    @ValueSource(ints = {1, 4, 16})
    void theBotGoesOnThoughEveryProcessIsKilled(int lanes) {
        for (Fault fault : List.of(Fault.KILLED_BEFORE, Fault.KILLED_AFTER)) {
            for (int i = fault == Fault.KILLED_AFTER ? 10 : 11; i < 30; i++) {
                int at = i;
                var world = Small.world(lanes);
                Small.delivery(world)
                        .inBatchesOf(() -> 1)
                        .by(() -> world.copy(Plan.once(at, fault)))
                        .drain();
                assertThatCode(() -> Small.audit(world))
                        .as("fault=%s call=%d", fault, i)
                        .doesNotThrowAnyException();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4})
    void aWriteThatLandsLongAfterItsProcessGaveItUpIsNotTakenForALaterOne(int lanes) {
        int calls = Small.calls(lanes);
        for (int i = 0; i < calls; i++) {
            int at = i;
            var world = Small.world(lanes);
            var copy = world.copy(lateWrite(at));
            Iterator<Integer> sizes = List.of(1).iterator();
            Small.delivery(world)
                    .by(() -> copy)
                    .inBatchesOf(() -> sizes.hasNext() ? sizes.next() : 3)
                    .drain();
            assertThatCode(() -> Small.audit(world)).as("delayed call=%d", i).doesNotThrowAnyException();
        }
    }

    /** The transaction at a call is delayed; each later one is lost until a new invocation, by the clock, sends the next. */
    private static Plan lateWrite(int at) {
        int[] lost = {0};
        return call -> {
            if (call.port() != Call.Port.TRANSACT || call.index() < at || lost[0] > 20) {
                return Fault.NONE;
            }
            lost[0]++;
            return lost[0] == 1 ? Fault.DELAYED : lost[0] == 20 ? Fault.LANDS : Fault.LOST_REQUEST;
        };
    }
}
