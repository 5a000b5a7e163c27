package dev.weir.functions.ledger;

import static org.assertj.core.api.Assertions.assertThatCode;

import java.math.BigDecimal;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two processes of one bot that have the same batch, where one stands still at any call and the other does not. */
class StaleCopyTest {

    @ParameterizedTest
    @ValueSource(ints = {1, 4, 16})
    void aCopyThatWakesUpAfterAnotherTookEverythingChangesNothing(int lanes) {
        int calls = Small.calls(lanes);
        for (int i = 0; i < calls; i++) {
            var world = Small.world(lanes);
            var sleeper =
                    world.copy(Plan.meanwhile(i, () -> Small.delivery(world).drain()));
            Small.delivery(world).by(() -> sleeper).drain();
            assertThatCode(() -> Small.audit(world)).as("asleep at call=%d", i).doesNotThrowAnyException();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4, 16})
    void aCopyThatWakesUpAfterAnotherTookItsBatchChangesNothing(int lanes) {
        int calls = Small.calls(lanes);
        for (int i = 0; i < calls; i++) {
            var world = Small.world(lanes);
            Delivery<Transfer, BigDecimal, Decided> other = Small.delivery(world);
            var sleeper = world.copy(Plan.meanwhile(i, other::step));
            Small.delivery(world).by(() -> sleeper).drain();
            other.drain(); // still warm, and now behind
            assertThatCode(() -> Small.audit(world)).as("asleep at call=%d", i).doesNotThrowAnyException();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4, 16})
    void twoWarmCopiesThatTakeTurnsWithTheSameRecordsChangeNothing(int lanes) {
        var world = Small.world(lanes);
        var one = Small.delivery(world);
        var other = Small.delivery(world).inBatchesOf(() -> 3);
        boolean more = true;
        while (more) {
            boolean oneHasMore = one.step();
            more = other.step() || oneHasMore;
        }
        Small.audit(world);
    }
}
