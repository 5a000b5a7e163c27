package dev.weir.functions.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.bot.FanOut;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One fault, at each call that a run of a bot on queues makes, one run for each; and then the run's checkpoint is set back. */
class QueueBotCrashTest {
    private static final int CALLS_MAX = 400;

    @ParameterizedTest
    @CsvSource({
        "1, KILLED_BEFORE", "4, KILLED_BEFORE",
        "1, KILLED_AFTER", "4, KILLED_AFTER",
        "1, REFUSED", "4, REFUSED",
        "1, LOST_ANSWER", "4, LOST_ANSWER",
        "1, LOST_REQUEST", "4, LOST_REQUEST",
        "1, UNAVAILABLE", "4, UNAVAILABLE"
    })
    void changesNothingOfTheResult(int lanes, Fault fault) {
        TreeMap<String, List<Integer>> expected = play(lanes, _ -> Fault.NONE);
        int calls = 0;
        for (boolean met = true; met && calls < CALLS_MAX; calls++) {
            int at = calls;
            boolean[] meets = {false};
            assertThat(play(lanes, call -> {
                        meets[0] |= call.index() == at;
                        return call.index() == at ? fault : Fault.NONE;
                    }))
                    .as("fault=%s call=%d", fault, at)
                    .isEqualTo(expected);
            met = meets[0];
        }
        assertThat(calls).isBetween(20, CALLS_MAX - 1);
    }

    /** What was said of the events of each key, and what each has in the end, after a first run that meets the plan and others that do not. */
    private static TreeMap<String, List<Integer>> play(int lanes, Plan plan) {
        var world = new QueueWorld<>(Tally.graph("orders", "returns"), lanes);
        world.pageEntries = 16;
        var first = world.put("orders", events("o", 0, 20));
        world.put("orders", events("o", 20, 25));
        world.put("returns", events("r", 0, 12));
        int instances = lanes == 1 ? 1 : 2;

        world.run(world.copy(plan, new FanOut(instances - 1, instances)));
        world.drain(instances, () -> Plan.NO_FAULTS);
        assertThat(world.checkpoint("orders"))
                .contains(world.read("orders").getLast().eid());
        assertThat(world.checkpoint("returns"))
                .contains(world.read("returns").getLast().eid());

        world.setCheckpoint("orders", first.plus(14).toString());
        world.run(world.copy(plan, FanOut.ALONE));
        world.drain();
        assertThat(world.checkpoint("orders"))
                .contains(world.read("orders").getLast().eid());

        TreeMap<String, List<Integer>> result = world.seen();
        world.state().forEach((key, value) -> result.put("state of " + key, List.of(value.intValue())));
        return result;
    }

    private static List<String> events(String prefix, int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(n -> new Tally.Event(prefix + n % 5, n, n % 3 == 0 ? prefix + n % 4 : "").json())
                .toList();
    }
}
