package dev.weir.local.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class FaultPlanTest {

    static List<FaultPlan> plans() {
        return List.of(
                FaultPlan.NONE,
                FaultPlan.EVERYTHING,
                FaultPlan.CRASHES,
                FaultPlan.of(EnumSet.of(Fault.RESHARD, Fault.BAD_LINE)),
                FaultPlan.of(List.of(new Strike(Fault.FROZEN, 3), new Strike(Fault.FROZEN, 1))),
                new FaultPlan(Map.of(Fault.PUT_LATE, 0.25), Map.of(Fault.PUT_PARTIAL, Set.of(0, 17))));
    }

    @ParameterizedTest
    @MethodSource("plans")
    void aPlanComesBackFromItsText(FaultPlan plan) {
        if (plan.equals(FaultPlan.NONE)) {
            assertThat(plan.text()).isEqualTo("none");
        }
        assertThat(FaultPlan.parse(plan.text())).isEqualTo(plan);
    }

    @Test
    void aFaultAloneHasItsUsualProbability() {
        assertThat(FaultPlan.parse("reshard,put-late=0.5").probabilities())
                .isEqualTo(Map.of(Fault.RESHARD, Fault.RESHARD.probability(), Fault.PUT_LATE, 0.5));
    }

    @ParameterizedTest
    @CsvSource({
        "nonsense, not a fault: nonsense",
        "put-late=2, a probability is a number from 0 to 1: put-late=2",
        "put-late=x, a probability is a number from 0 to 1: put-late=x",
        "put-late@-1, an opportunity is a whole number from 0: put-late@-1",
        "put-late@x, an opportunity is a whole number from 0: put-late@x",
        "'', not a fault:"
    })
    void whatIsNotUnderstoodIsNamed(String text, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FaultPlan.parse(text))
                .withMessageContaining(message);
    }

    @Test
    void takingAFaultAwayMovesNoOther() {
        Faults all = new Faults(7, FaultPlan.parse("put-late=0.3,frozen=0.3"), Trace.NONE);
        Faults one = new Faults(7, FaultPlan.parse("frozen=0.3"), Trace.NONE);
        for (int i = 0; i < 100; i++) {
            all.strike(Fault.PUT_LATE);
            boolean strikes = one.strike(Fault.FROZEN);
            assertThat(all.strike(Fault.FROZEN)).isEqualTo(strikes);
            assertThat(all.amount(Fault.FROZEN, 1_000)).isEqualTo(one.amount(Fault.FROZEN, 1_000));
        }
    }

    @Test
    void aFaultStrikesAboutAsOftenAsItsPlanSays() {
        Faults faults = new Faults(11, FaultPlan.parse("frozen=0.2"), Trace.NONE);
        for (int i = 0; i < 10_000; i++) {
            faults.strike(Fault.FROZEN);
        }
        assertThat(faults.struck().size()).isBetween(1_800, 2_200);
    }

    @Test
    void nothingStrikesInACalm() {
        Faults faults = new Faults(11, FaultPlan.parse("frozen=1.0"), Trace.NONE);
        faults.calm(true);
        assertThat(faults.strike(Fault.FROZEN)).isFalse();
        faults.calm(false);
        assertThat(faults.strike(Fault.FROZEN)).isTrue();
    }
}
