package dev.weir.local.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AgendaTest {
    private final Agenda agenda = new Agenda(1_000);
    private final List<String> happened = new ArrayList<>();

    private Runnable note(String what) {
        return () -> happened.add(what + "@" + agenda.epochMillis());
    }

    @Test
    void whatIsDueFirstHappensFirstAndTimeGoesToIt() {
        agenda.after(20, note("late"));
        agenda.after(10, note("early"));
        agenda.after(10, note("early too"));
        while (agenda.step()) {}
        assertThat(happened).containsExactly("early@1010", "early too@1010", "late@1020");
    }

    @Test
    void whatWasDueWhileSomebodyTookTimeHappensLateAndTimeNeverGoesBack() {
        agenda.after(10, note("due"));
        agenda.pause(Duration.ofMillis(50));
        agenda.step();
        assertThat(happened).containsExactly("due@1050");
    }

    @Test
    void theBackgroundDoesNotKeepTheWorldBusy() {
        agenda.inBackground(5, note("tick"));
        assertThat(agenda.isBusy()).isFalse();
        agenda.after(1, note("work"));
        assertThat(agenda.isBusy()).isTrue();
        agenda.step();
        assertThat(agenda.isBusy()).isFalse();
    }
}
