package dev.weir.local.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ReductionTest {

    /** A run that fails if all of these strike. */
    private static Report run(FaultPlan plan, Set<Integer> needed) {
        boolean fails = plan.strikes(Fault.FROZEN).containsAll(needed);
        return new Report(
                fails ? Optional.of(new AssertionError("wrong")) : Optional.empty(),
                plan.strikes(Fault.FROZEN).stream()
                        .sorted()
                        .map(n -> new Strike(Fault.FROZEN, n))
                        .toList());
    }

    private static List<Integer> reduced(int strikes, Set<Integer> needed) {
        List<Strike> all = new ArrayList<>();
        for (int i = 0; i < strikes; i++) {
            all.add(new Strike(Fault.FROZEN, i));
        }
        return new Reduction(plan -> run(plan, needed))
                .reduce(run(FaultPlan.of(all), needed)).stream()
                        .map(Strike::opportunity)
                        .toList();
    }

    @Test
    void whatIsNotNeededIsLeftOut() {
        assertThat(reduced(200, Set.of(3, 111))).containsExactly(3, 111);
        assertThat(reduced(7, Set.of(6))).containsExactly(6);
        assertThat(reduced(3, Set.of(0, 1, 2))).containsExactly(0, 1, 2);
    }

    @Test
    void aRunThatFailsByItselfNeedsNoFault() {
        assertThat(reduced(50, Set.of())).isEmpty();
    }
}
