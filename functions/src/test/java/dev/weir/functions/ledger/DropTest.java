package dev.weir.functions.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.flow.Counts.Count;
import dev.weir.parking.Answer;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Parked events that an operator drops, and what is told of parked events in queues. */
class DropTest {
    private final Set<String> poison = new HashSet<>();
    private final World<String, Long, String> world = new World<>(Echo.graph(poison::contains), 4, 1);
    private final Operator operator = new Operator(world);

    /** Events 1 to 4 of the key, of which 2 to 4 are parked because 2 is poison. */
    @BeforeEach
    void park() {
        poison.add(event(2));
        Numbered producer = new Numbered("p", 4);
        List.of(1, 2, 3, 4).forEach(n -> producer.add("bad", event(n)));
        world.put(producer.records(4));
        world.deliver();
    }

    private static String event(int n) {
        return Echo.event("bad", n);
    }

    private List<String> told(String queue) {
        return world.byLane("echo." + queue).stream().flatMap(List::stream).toList();
    }

    @Test
    void whatIsDroppedIsToldWithWhoAndWhyAndWhatWaitedBehindItGoesOn() {
        String id = operator.id(event(2)).text();
        assertThat(operator.drop(event(2))).isInstanceOf(Answer.Sent.class);
        world.deliver();

        assertThat(world.results()).containsExactly(event(1), event(3), event(4));
        assertThat(world.parked()).isEmpty();
        assertThat(world.counted(Count.DROPPED)).isEqualTo(1);
        assertThat(told("dropped"))
                .singleElement()
                .asString()
                .contains("\"id\":\"" + id + "\"", "\"key\":\"bad\"", "\"payload\":" + event(2))
                .contains("\"reason\":\"the bot's code failed: java.lang.IllegalStateException: the test says so\"")
                .contains("\"by\":\"anna\",\"why\":\"it is a test\"");
    }

    @Test
    void whatIsDroppedFromTheMiddleFreesNothing() {
        operator.drop(event(3));
        world.deliver();

        assertThat(operator.payloads()).containsExactly(event(2), event(4));
        assertThat(world.counted(Count.PUT_BACK)).isZero();
        assertThat(operator.all()).as("nothing was tried").allMatch(event -> event.tries() == 0);
        poison.clear();
        operator.parked.putBack("bad");
        world.deliver();
        assertThat(world.results()).containsExactly(event(1), event(2), event(4));
    }

    @Test
    void aKeyOfWhichAllIsDroppedFromTheLastOnIsFree() {
        var ids = operator.all().reversed();
        ids.forEach(event -> operator.parked.drop(event.id(), "anna", "all"));
        world.put(new Numbered("q", 4).add("bad", event(5)).records(1));
        world.deliver();

        assertThat(world.results()).containsExactly(event(1), event(5));
        assertThat(told("dropped")).hasSize(3);
    }

    @Test
    void twoDropsOfOneEventDropOne() {
        operator.drop(event(2));
        operator.drop(event(2));
        world.deliver();

        assertThat(told("dropped")).hasSize(1);
        assertThat(world.results()).containsExactly(event(1), event(3), event(4));
    }

    @Test
    void eachParkedEventIsToldInTheQueueOfParkedEventsWithItsId() {
        List<String> told = told("parked");

        assertThat(told).hasSize(3);
        for (int i = 0; i < 3; i++) {
            var event = operator.all().get(i);
            assertThat(told.get(i))
                    .startsWith("{\"id\":\"" + event.id().text() + "\",\"bot\":\"echo\",\"lane\":\"lane-")
                    .contains("\"step\":\"40-transform\"", "\"key\":\"bad\"", "\"producer\":\"p\"")
                    .endsWith("\"payload\":" + event(2 + i) + "}");
        }
    }

    @Test
    void anEventThatFailsAgainIsToldAgain() {
        operator.parked.putBack("bad");
        world.deliver();

        assertThat(told("parked")).hasSize(4).last().asString().contains("\"tries\":1", event(2));
    }

    @Test
    void whatIsNoJsonIsToldAsText() {
        world.putForeign("x", "nonsense \"in quotes\"");
        world.deliver();

        assertThat(told("parked")).anyMatch(line -> line.endsWith("\"text\":\"nonsense \\\"in quotes\\\"\"}"));
    }

    /** The longest names leave little room in the id of the command's sender. */
    @Test
    void commandsForABotWithALongNameArrive() {
        String name = "b".repeat(100);
        var other = new World<>(Echo.named(name, poison::contains), 4, 1);
        other.put(new Numbered("p", 4).add("bad", event(2)).records(1));
        other.deliver();
        poison.clear();
        new Operator(other, "0123456789".repeat(6)).parked.putBack("bad");
        other.deliver();

        assertThat(other.results()).containsExactly(event(2));
        assertThat(other.parked()).isEmpty();
    }

    @Test
    void listsArePagedAndSayWhatIsParkedOfAKey() {
        world.putForeign("x", "nonsense");
        world.deliver();

        var first = operator.parked.list(java.util.Optional.empty(), 2);
        var rest = operator.parked.list(java.util.Optional.of(first.getLast().id()), 2);
        assertThat(operator.payloads()).containsExactly(event(2), event(3), event(4), "nonsense");
        assertThat(first).extracting(event -> String.valueOf(event.payload())).containsExactly(event(2), event(3));
        assertThat(rest).extracting(event -> String.valueOf(event.payload())).containsExactly(event(4), "nonsense");
        assertThat(operator.parked.list("bad", java.util.Optional.empty(), 10)).hasSize(3);
        assertThat(operator.parked.list("other", java.util.Optional.empty(), 10))
                .isEmpty();
        assertThat(operator.parked.show(first.getFirst().id())).contains(first.getFirst());
    }
}
