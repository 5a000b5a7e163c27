package dev.weir.local.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CoroutineTest {

    @Test
    void itGoesOnWhereItStood() {
        List<String> happened = new ArrayList<>();
        Coroutine[] self = new Coroutine[1];
        self[0] = new Coroutine(() -> {
            happened.add("a");
            self[0].stand();
            happened.add("b");
            self[0].stand();
            happened.add("c");
        });
        self[0].resume();
        happened.add("1");
        self[0].resume();
        happened.add("2");
        self[0].resume();
        assertThat(happened).containsExactly("a", "1", "b", "2", "c");
    }

    @Test
    void whatItThrowsReachesWhoeverResumedIt() {
        Coroutine coroutine = new Coroutine(() -> {
            throw new IllegalStateException("broken");
        });
        assertThatThrownBy(coroutine::resume)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("broken");
    }
}
