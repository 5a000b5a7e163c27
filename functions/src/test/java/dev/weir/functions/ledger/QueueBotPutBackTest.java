package dev.weir.functions.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.bot.FanOut;
import dev.weir.parking.Answer;
import dev.weir.parking.ParkedEvents;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Parked events of a bot on queues: the command waits in the bot's inbox. */
class QueueBotPutBackTest {
    private static final int LANES = 4;

    private final Set<String> poison = new HashSet<>();

    private static String event(int n) {
        return Echo.event("bad", n);
    }

    private QueueWorld<String, Long, String> parked() {
        var world = new QueueWorld<>(Echo.onQueue("orders", poison::contains), LANES);
        poison.add(event(2));
        world.put("orders", List.of(event(1), event(2), event(3), "{\"no\":\"key\"}"));
        world.drain();
        assertThat(world.parked()).hasSize(3);
        poison.clear();
        return world;
    }

    private static ParkedEvents operator(QueueWorld<?, ?, ?> world) {
        return ParkedEvents.ofQueueBot(world.bus, "echo", world.items, world.time, "operator");
    }

    private static void operate(QueueWorld<?, ?, ?> world) {
        ParkedEvents operator = operator(world);
        var noEvent = operator.list(Optional.empty(), 10).stream()
                .filter(event -> event.key() == null)
                .findFirst()
                .orElseThrow();
        assertThat(operator.putBack("bad")).isInstanceOf(Answer.Sent.class);
        assertThat(operator.putBack(noEvent.id(), dev.weir.model.Json.of(Echo.event("mended", 1))))
                .isInstanceOf(Answer.Sent.class);
        world.put("orders", List.of(event(4)));
    }

    private static void audit(QueueWorld<?, ?, ?> world, String as) {
        List<String> echoes = world.payloads("echoes");
        assertThat(echoes.stream().filter(echo -> echo.contains("bad")))
                .as(as)
                .containsExactly(event(1), event(2), event(3), event(4));
        assertThat(echoes).as(as).hasSize(5).contains(Echo.event("mended", 1));
        assertThat(world.parked()).as(as).isEmpty();
    }

    /** Two instances, of which each carries out what is for its own lanes. */
    @ParameterizedTest
    @EnumSource(names = {"KILLED_BEFORE", "KILLED_AFTER", "LOST_ANSWER", "UNAVAILABLE"})
    void areTakenOnceAndInOrderWhateverFails(Fault fault) {
        var clean = parked();
        operate(clean);
        clean.drain(2, () -> Plan.NO_FAULTS);
        audit(clean, "no fault");
        for (int i = 0; i < 60; i++) {
            var world = parked();
            operate(world);
            world.run(world.copy(Plan.once(i, fault), new FanOut(0, 2)));
            world.run(world.copy(Plan.once(i, fault), new FanOut(1, 2)));
            world.drain(2, () -> Plan.NO_FAULTS);
            audit(world, "fault=" + fault + " call=" + i);
        }
    }
}
