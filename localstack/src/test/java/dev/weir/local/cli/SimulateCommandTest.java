package dev.weir.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class SimulateCommandTest {

    @Test
    void playsASeedAfterTheOtherAndCountsTheFaults() {
        Weir.Ran ran = Weir.run(new byte[0], "simulate", "--seeds", "30", "--from", "7");

        assertThat(ran.exitCode()).isZero();
        assertThat(ran.err()).as("progress, when nobody looks").isEmpty();
        assertThat(ran.out()).anySatisfy(line -> assertThat(line).matches(" +reshard +[\\d,]+ #*"));
        assertThat(ran.out().getLast()).matches("30 runs in .* s: .* a second on \\d+ cores; [\\d,]+ faults");
    }

    @Test
    void aPlanWithoutFaultsHasNone() {
        Weir.Ran ran = Weir.run(new byte[0], "simulate", "--seeds", "3", "--plan", "none");

        assertThat(ran.exitCode()).isZero();
        assertThat(ran.out()).singleElement().asString().endsWith("; 0 faults");
    }

    @Test
    void playsTheScenarioThatIsAskedFor() {
        Weir.Ran ran = Weir.run(new byte[0], "simulate", "--scenario", "bus", "--seeds", "2", "--plan", "bots");

        assertThat(ran.exitCode()).isZero();
        assertThat(ran.out()).anySatisfy(line -> assertThat(line).matches(" +changes-late +[\\d,]+ #*"));
        assertThat(Weir.run(new byte[0], "simulate", "--scenario", "nothing").exitCode())
                .isNotZero();
    }

    @Test
    void aTraceIsTheSameEachTime() {
        Weir.Ran once = Weir.run(new byte[0], "simulate", "--from", "3", "--trace");
        Weir.Ran again = Weir.run(new byte[0], "simulate", "--from", "3", "--trace");

        assertThat(once.out()).hasSizeGreaterThan(100).endsWith("sound").isEqualTo(again.out());
    }
}
