package dev.weir.functions.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.flow.Counts.Count;
import dev.weir.flow.ParkedId;
import dev.weir.model.Json;
import dev.weir.parking.Answer;
import dev.weir.parking.ParkedEvents;
import dev.weir.port.Streams;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A put-back that takes many commits, a drop that sets free what was behind it, and a correction that travels to another lane, with one
 * fault at each call that a process makes, one run for each.
 */
class PutBackFaultTest {
    private static final int LANES = 4;

    /** More than two commits' worth. */
    private static final int PARKED = 90;

    private final Set<String> poison = new HashSet<>();

    /** What is done to a bot with 90 parked events of the key bad, 3 of the key worse, and one line that is no event. */
    private World<String, Long, String> parked() {
        var world = new World<>(Echo.graph(poison::contains), LANES, 1);
        poison.add(Echo.event("bad", 1));
        poison.add(Echo.event("worse", 1));
        Numbered producer = new Numbered("p", LANES);
        for (int n = 1; n <= PARKED; n++) {
            producer.add("bad", Echo.event("bad", n));
            if (n <= 3) {
                producer.add("worse", Echo.event("worse", n));
            }
        }
        world.put(producer.records(30));
        world.putForeign("x", "nonsense");
        world.deliver();
        assertThat(world.parked()).hasSize(PARKED + 4);
        return world;
    }

    private Delivery<String, Long, String> operated(World<String, Long, String> world) {
        Operator operator = new Operator(world);
        var shard = world.openShards().getFirst();
        int before = world.streams.records(world.stream, shard).size();
        ParkedId first = operator.id(Echo.event("bad", 1));
        operator.drop(Echo.event("worse", 1));
        operator.parked.putBack(first);
        operator.putBack("nonsense", Echo.event("corrected", 1));
        poison.clear();
        Numbered later = new Numbered("q", LANES);
        later.add("bad", Echo.event("bad", PARKED + 1)).add("worse", Echo.event("worse", 4));
        world.put(later.records(1));
        var delivery = new Delivery<>(world).inBatchesOf(() -> 2);
        delivery.from(shard, before);
        return delivery;
    }

    private static void audit(World<String, Long, String> world, String as) {
        List<String> results = world.results();
        List<String> bad = new ArrayList<>();
        for (int n = 1; n <= PARKED + 1; n++) {
            bad.add(Echo.event("bad", n));
        }
        assertThat(results.stream().filter(line -> line.contains("\"bad\"")).toList())
                .as(as)
                .isEqualTo(bad);
        assertThat(results.stream().filter(line -> line.contains("\"worse\"")).toList())
                .as(as)
                .containsExactly(Echo.event("worse", 2), Echo.event("worse", 3), Echo.event("worse", 4));
        assertThat(results).as(as).hasSize(PARKED + 5).contains(Echo.event("corrected", 1));
        assertThat(world.state())
                .as(as)
                .containsEntry("bad", PARKED + 1L)
                .containsEntry("worse", 3L)
                .containsEntry("corrected", 1L);
        assertThat(world.parked()).as(as).isEmpty();
        assertThat(world.byLane("echo.dropped").stream().flatMap(List::stream))
                .as(as)
                .hasSize(1);
        assertThat(world.byLane("echo.parked").stream().flatMap(List::stream))
                .as(as)
                .hasSize(PARKED + 4);
        assertThat(world.counted(Count.PUT_BACK)).as(as).isEqualTo(PARKED + 3);
    }

    @ParameterizedTest
    @EnumSource(names = {"KILLED_BEFORE", "KILLED_AFTER", "REFUSED", "LOST_ANSWER", "LOST_REQUEST", "UNAVAILABLE"})
    void oneFaultAnywhereChangesNothingOfTheResult(Fault fault) {
        var clean = parked();
        var copy = clean.copy();
        operated(clean).by(() -> copy).drain();
        audit(clean, "no fault");
        int calls = copy.calls().count();
        assertThat(calls).isGreaterThan(20);
        for (int i = 0; i < calls; i++) {
            var world = parked();
            var copies = List.of(world.copy(Plan.once(i, fault)), world.copy()).iterator();
            operated(world).by(copies::next).drain();
            audit(world, "fault=" + fault + " call=" + i);
        }
    }

    /** Each process dies at its nth call: they get a little further each time. */
    @ParameterizedTest
    @CsvSource({"KILLED_BEFORE, 12", "KILLED_AFTER, 11"})
    void aPutBackIsFinishedThoughEveryProcessIsKilled(Fault fault, int first) {
        for (int i = first; i < 30; i++) {
            int at = i;
            var world = parked();
            operated(world)
                    .inBatchesOf(() -> 1)
                    .by(() -> world.copy(Plan.once(at, fault)))
                    .drain();
            audit(world, "fault=" + fault + " call=" + i);
        }
    }

    /** Two processes that have the same command, one of which stood still just before any of its calls. */
    @Test
    void aCopyThatWakesUpAfterAnotherCarriedTheCommandOutChangesNothing() {
        var clean = parked();
        var counted = clean.copy();
        operated(clean).by(() -> counted).drain();
        for (int i = 0; i < counted.calls().count(); i++) {
            var world = parked();
            var delivery = operated(world);
            var shard = world.openShards().getFirst();
            var records = world.streams.records(world.stream, shard);
            var other = world.copy();
            var asleep = world.copy(Plan.meanwhile(i, () -> other.spine().process(records, world.deadlineMillis())));
            asleep.spine().process(records, world.deadlineMillis());
            delivery.drain();
            audit(world, "call=" + i);
        }
    }

    /** It reads what the other parked, in a commit that has the number of its own next one. */
    @Test
    void aCopyThatPutsBackWhatAnotherParkedBehindItsBackLosesTheLaneAndNothingElse() {
        var world = new World<>(Echo.graph(poison::contains), 1, 1);
        poison.add(Echo.event("bad", 1));
        poison.add(Echo.event("worse", 1));
        Numbered producer = new Numbered("p", 1);
        var shard = world.openShards().getFirst();
        var stale = world.copy();
        world.put(producer.add("good", Echo.event("good", 1)).records(1));
        assertThat(stale.spine().process(world.streams.records(world.stream, shard), world.deadlineMillis()))
                .isEmpty();
        world.put(producer.add("bad", Echo.event("bad", 1)).records(1));
        assertThat(world.copy().spine().process(world.streams.records(world.stream, shard), world.deadlineMillis()))
                .isEmpty();
        int taken = world.streams.records(world.stream, shard).size();
        new Operator(world).parked.putBack("bad");
        world.put(new Numbered("q", 1).add("worse", Echo.event("worse", 1)).records(1));
        var records = world.streams.records(world.stream, shard);
        var rest = records.subList(taken, records.size());

        assertThat(stale.spine().process(rest, world.deadlineMillis()))
                .contains(rest.getFirst().sequenceNumber());
        assertThat(stale.spine().process(rest, world.deadlineMillis())).isEmpty();
        assertThat(new Operator(world).payloads()).containsExactly(Echo.event("bad", 1), Echo.event("worse", 1));
        assertThat(world.results()).containsExactly(Echo.event("good", 1));
    }

    @Test
    void aCommandThatWasPerhapsNotSentIsNotWaitedFor() {
        var world = parked();
        long until = world.time.epochMillis() + 19_500;
        var streams = new FaultyStreams(
                world.streams, new Calls(_ -> world.time.epochMillis() < until ? Fault.LOST_REQUEST : Fault.NONE));
        var operator = operator(world, streams);
        poison.clear();
        assertThat(operator.putBack("bad")).isInstanceOf(Answer.Unknown.class);
        world.time.advance(Duration.ofSeconds(5));
        assertThat(operator.putBack("bad")).isInstanceOf(Answer.Sent.class);
        world.deliver();

        assertThat(world.held()).isZero();
        assertThat(world.state()).containsEntry("bad", (long) PARKED);
    }

    private static ParkedEvents operator(World<String, Long, String> world, Streams streams) {
        return ParkedEvents.of(world.bus, "echo", "events", world.items, streams, world.streams, world.time, "faulty");
    }

    /** The operator's own process: it tries again, or is given the command again. */
    @ParameterizedTest
    @EnumSource(names = {"REFUSED", "LOST_ANSWER", "LOST_REQUEST"})
    void aCommandWhoseSendingFailsIsSentAgainAndWorksOnce(Fault fault) {
        var world = parked();
        var streams = new FaultyStreams(world.streams, new Calls(Plan.first(3, Call.Port.PUT, fault)));
        var operator = operator(world, streams);
        poison.clear();
        operator.putBack("bad");
        operator.putBack("worse");
        operator.putBack(new Operator(world).id("nonsense"), Json.of(Echo.event("corrected", 1)));
        world.deliver();

        assertThat(world.parked()).isEmpty();
        assertThat(world.state()).containsEntry("bad", (long) PARKED).containsEntry("corrected", 1L);
        assertThat(world.gaps()).isEmpty();
        assertThat(world.held()).isZero();
    }
}
