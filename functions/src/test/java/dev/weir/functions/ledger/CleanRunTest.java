package dev.weir.functions.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The ledger when nothing goes wrong. */
class CleanRunTest {

    @Test
    void withOneLaneOutcomesAndBalancesAreThoseOfTheTwentyLineProgramLineByLine() {
        List<String> transfers = Transfers.traffic(new Random(1), 40, 2_000);
        World<?, ?, ?> world = World.ledger(1);
        world.put(new Numbered("p", 1).addAll(transfers).records(17));

        world.deliver();

        Oracle oracle = Oracle.of(transfers);
        assertThat(world.results()).isEqualTo(oracle.outcomes);
        assertThat(world.state().toString()).isEqualTo(oracle.balances.toString());
        assertThat(oracle.outcomes).anyMatch(line -> line.endsWith("\"deny\"}"));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4, 16})
    void withManyLanesTheBooksAreRight(int lanes) {
        List<String> transfers = Transfers.traffic(new Random(lanes), 40, 2_000);
        var world = World.ledger(lanes);
        world.put(new Numbered("p", lanes).addAll(transfers).records(7));

        world.deliver();

        Auditor.audit(world, transfers);
    }
}
