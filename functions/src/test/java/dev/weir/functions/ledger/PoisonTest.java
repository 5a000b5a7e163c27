package dev.weir.functions.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.flow.Control;
import dev.weir.flow.Counts.Count;
import dev.weir.flow.LaneStatus;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Events for which the bot's own code throws. */
class PoisonTest {
    private final Set<String> poison = new HashSet<>();

    private World<String, Long, String> world(int lanes) {
        return new World<>(Echo.graph(poison::contains), lanes, 1);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4})
    void anEventThatMakesTheBotThrowIsParkedWithAllThatFollowOfItsKeyAndOtherKeysGoOn(int lanes) {
        var world = world(lanes);
        poison.add(Echo.event("bad", 2));
        Numbered producer = new Numbered("p", lanes);
        List<String> good = new ArrayList<>();
        for (int n = 1; n <= 5; n++) {
            producer.add("bad", Echo.event("bad", n));
            for (int k = 0; k < 8; k++) {
                producer.add("good" + k, Echo.event("good" + k, n));
                good.add(Echo.event("good" + k, n));
            }
        }
        world.put(producer.records(3));
        var delivery = new Delivery<>(world).inBatchesOf(() -> 2);
        while (delivery.step()) {
            delivery.forget();
        }

        good.add(Echo.event("bad", 1));
        assertThat(world.results()).containsExactlyInAnyOrderElementsOf(good);
        assertThat(world.parkedPayloads())
                .containsExactly(
                        Echo.event("bad", 2), Echo.event("bad", 3), Echo.event("bad", 4), Echo.event("bad", 5));
        assertThat(world.parkedReasons().getFirst()).contains("the test says so");
        assertThat(world.parkedReasons().subList(1, 4)).allMatch(reason -> reason.contains("earlier event of its key"));
        assertThat(world.state())
                .containsEntry("bad", 1L)
                .containsEntry("good0", 5L)
                .hasSize(9);
    }

    @Test
    void whatTheBotDidBeforeItThrewLeavesNoTrace() {
        var world = world(1);
        poison.add(Echo.event("a", 1));
        world.put(new Numbered("p", 1)
                .add("a", Echo.event("a", 1))
                .add("b", Echo.event("b", 1))
                .records(2));
        world.deliver();

        assertThat(world.state()).containsOnlyKeys("b");
        assertThat(world.results()).containsExactly(Echo.event("b", 1));
    }

    @Test
    void aBotThatThrowsForManyKeysIsPausedParksNothingAndGoesOnWhenItIsRepaired() {
        var world = world(1);
        Numbered producer = new Numbered("p", 1);
        List<String> events = new ArrayList<>();
        for (int k = 0; k < 50; k++) {
            producer.add("k" + k, Echo.event("k" + k, 1));
            events.add(Echo.event("k" + k, 1));
        }
        poison.addAll(events.subList(20, 40));
        world.put(producer.records(5));
        List<dev.weir.model.Record> batch =
                world.streams.records(world.stream, world.openShards().getFirst());
        var copy = world.copy();

        var first = batch.getFirst().sequenceNumber();
        assertThat(copy.spine().process(batch, world.deadlineMillis())).contains(first);
        assertThat(LaneStatus.paused(world.bus, "echo", world.items)).isPresent();
        assertThat(copy.spine().process(batch, world.deadlineMillis())).contains(first);
        assertThat(world.copy().spine().process(batch, world.deadlineMillis())).contains(first);
        assertThat(world.tick()).isFalse();
        assertThat(world.parked()).isEmpty();

        poison.clear();
        assertThat(copy.spine().process(batch, world.deadlineMillis()))
                .as("still paused")
                .contains(first);
        Control.resume(world.bus, "echo", world.items);
        assertThat(copy.spine().process(batch, world.deadlineMillis())).isEmpty();
        assertThat(world.results()).isEqualTo(events);
        assertThat(world.parked()).isEmpty();
        assertThat(world.counted(Count.PROCESSED)).isEqualTo(50);
    }

    @Test
    void aBotThatSomebodyPausesStopsWithinAMomentAlsoWhereItRunsAndGoesOnWhenItMay() {
        var world = world(1);
        var copy = world.copy();
        world.put(new Numbered("p", 1).add("a", Echo.event("a", 1)).records(1));
        List<dev.weir.model.Record> batch =
                world.streams.records(world.stream, world.openShards().getFirst());
        assertThat(copy.spine().process(batch, world.deadlineMillis())).isEmpty();
        world.put(new Numbered("q", 1).add("b", Echo.event("b", 1)).records(1));
        List<dev.weir.model.Record> next = world.streams
                .records(world.stream, world.openShards().getFirst())
                .subList(1, 2);
        var first = next.getFirst().sequenceNumber();

        assertThat(Control.pause(world.bus, "echo", "by hand", world.items, world.time))
                .isTrue();
        world.time.advance(Control.LOOK_PERIOD);

        assertThat(copy.spine().process(next, world.deadlineMillis())).contains(first);
        assertThat(world.copy().spine().process(next, world.deadlineMillis())).contains(first);
        assertThat(Control.pause(world.bus, "echo", "again", world.items, world.time))
                .isFalse();
        assertThat(Control.stop(world.bus, "echo", world.items).orElseThrow().reason())
                .isEqualTo("by hand");

        Control.resume(world.bus, "echo", world.items);

        assertThat(copy.spine().process(next, world.deadlineMillis())).isEmpty();
        assertThat(world.results()).containsExactly(Echo.event("a", 1), Echo.event("b", 1));
    }

    @Test
    void nothingIsParkedBeforeTheRestOfTheBatchWasTried() {
        var world = world(1);
        Numbered producer = new Numbered("p", 1);
        String note = " ".repeat(300_000);
        for (int k = 0; k < 40; k++) { // several commits; in the first of them few events fail
            String event = "{\"key\":\"k" + k + "\",\"note\":\"" + note + "\"}";
            producer.add("k" + k, event);
            if (k == 1 || k >= 25) {
                poison.add(event);
            }
        }
        world.put(producer.records(20));
        world.copy()
                .spine()
                .process(world.streams.records(world.stream, world.openShards().getFirst()), world.deadlineMillis());

        assertThat(LaneStatus.paused(world.bus, "echo", world.items)).isPresent();
        assertThat(world.parked()).isEmpty();
    }

    /** A bot that refuses an event which it has already taken is not broken: events that are done must not be tried again. */
    @Test
    void lookingAheadDoesNotTryWhatIsDone() {
        var world = new World<>(Echo.graph((event, before) -> event.contains("\"bad\"") || before > 0), 1, 1);
        Numbered producer = new Numbered("p", 1).add("bad", Echo.event("bad", 1));
        String note = " ".repeat(200_000);
        for (int k = 0; k < 30; k++) {
            producer.add("k" + k, "{\"key\":\"k" + k + "\",\"note\":\"" + note + "\"}");
        }
        world.put(producer.records(40));
        world.deliver();

        assertThat(world.results()).hasSize(30);
        assertThat(world.parkedPayloads()).containsExactly(Echo.event("bad", 1));
    }

    /** An event that needs one before it is tried after it, as it will be. */
    @Test
    void lookingAheadSeesWhatEarlierEventsWillHaveDone() {
        var world = new World<>(
                Echo.graph((event, before) -> event.contains("\"bad\"") || (event.contains("second") && before == 0)),
                1,
                1);
        Numbered producer = new Numbered("p", 1).add("bad", Echo.event("bad", 1));
        String note = " ".repeat(100_000);
        for (int k = 0; k < 40; k++) {
            producer.add("k" + k, "{\"key\":\"k" + k + "\",\"note\":\"first" + note + "\"}");
            producer.add("k" + k, "{\"key\":\"k" + k + "\",\"note\":\"second" + note + "\"}");
        }
        world.put(producer.records(100));
        world.deliver();

        assertThat(world.results()).hasSize(80);
        assertThat(world.parkedPayloads()).containsExactly(Echo.event("bad", 1));
    }
}
