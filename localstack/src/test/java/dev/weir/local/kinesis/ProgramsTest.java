package dev.weir.local.kinesis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.local.kinesis.Programs.Difference;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ProgramsTest {

    /** Differs at the first 7 that comes somewhere after a 3. */
    private static Optional<Difference> threeThenSeven(List<Integer> program) {
        int three = program.indexOf(3);
        for (int i = three + 1; three >= 0 && i < program.size(); i++) {
            if (program.get(i) == 7) {
                return Optional.of(new Difference(i, "ours", "theirs"));
            }
        }
        return Optional.empty();
    }

    private static List<Integer> digits(SplittableRandom random) {
        List<Integer> digits = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            digits.add(random.nextInt(10));
        }
        digits.addAll(List.of(3, 7));
        return digits;
    }

    @Test
    void aDifferenceIsCutToTheCallsThatMakeIt() {
        Programs<Integer> programs = new Programs<>(ProgramsTest::digits, ProgramsTest::threeThenSeven);

        assertThat(programs.shrink(List.of(1, 3, 3, 5, 7, 9, 7, 3, 2))).containsExactly(3, 7);
    }

    @Test
    void aFailureNamesItsSeedTheCallsAndBothAnswers() {
        Programs<Integer> programs = new Programs<>(ProgramsTest::digits, ProgramsTest::threeThenSeven);

        assertThatThrownBy(() -> programs.run(50, 11))
                .isInstanceOf(AssertionError.class)
                .hasMessageContainingAll("-Dweir.seed=", "0: 3\n  1: 7\nours:   ours\ntheirs: theirs");
    }

    @Test
    void whatIsThrownIsReportedWithItsSeed() {
        Programs<Integer> programs = new Programs<>(ProgramsTest::digits, _ -> {
            throw new IllegalStateException("no answer");
        });

        assertThatThrownBy(() -> programs.run(1, 11))
                .isInstanceOf(AssertionError.class)
                .hasMessageContainingAll("-Dweir.seed=", "no answer");
    }

    @Test
    void programsThatAreAnsweredAlikePass() {
        Programs<Integer> programs = new Programs<>(ProgramsTest::digits, _ -> Optional.empty());

        assertThat(programs.run(3, 1)).isPositive();
    }
}
