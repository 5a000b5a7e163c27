package dev.weir.functions.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.flow.Counts.Count;
import dev.weir.flow.ParkedEvent;
import dev.weir.flow.ParkedEvent.Place;
import dev.weir.parking.Answer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Parked events that an operator puts back. */
class PutBackTest {
    private final Set<String> poison = new HashSet<>();

    private World<String, Long, String> world(int lanes) {
        return new World<>(Echo.graph(poison::contains), lanes, 1);
    }

    private static List<String> events(String key, int from, int to) {
        return IntStream.rangeClosed(from, to).mapToObj(n -> Echo.event(key, n)).toList();
    }

    private static Numbered producer(String id, int lanes, List<String> events, String key) {
        Numbered producer = new Numbered(id, lanes);
        events.forEach(event -> producer.add(key, event));
        return producer;
    }

    /** Events 1 to 5 of the key, of which 2 to 5 are parked because 2 is poison. */
    private World<String, Long, String> parked(int lanes) {
        var world = world(lanes);
        poison.add(Echo.event("bad", 2));
        world.put(producer("p", lanes, events("bad", 1, 5), "bad").records(2));
        world.deliver();
        assertThat(new Operator(world).payloads()).isEqualTo(events("bad", 2, 5));
        return world;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4})
    void aMendedBotTakesAKeyInItsOrderAndNewEventsFlowOn(int lanes) {
        var world = parked(lanes);
        poison.clear();

        assertThat(new Operator(world).parked.putBack("bad")).isInstanceOf(Answer.Sent.class);
        world.put(producer("q", lanes, events("bad", 6, 7), "bad").records(2));
        world.deliver();

        assertThat(world.results()).isEqualTo(events("bad", 1, 7));
        assertThat(world.state()).containsEntry("bad", 7L);
        assertThat(world.parked()).isEmpty();
        assertThat(world.counted(Count.PUT_BACK)).isEqualTo(4);
        assertThat(world.counted(Count.PROCESSED)).isEqualTo(7);
    }

    @Test
    void whicheverEventIsNamedItsKeyIsTakenFromTheFirst() {
        var world = parked(1);
        poison.clear();
        new Operator(world).putBack(Echo.event("bad", 4));
        world.deliver();

        assertThat(world.results()).isEqualTo(events("bad", 1, 5));
    }

    @Test
    void anotherFailureLeavesItAndWhatIsBehindItInOrderWithTheNewReason() {
        var world = parked(1);
        poison.clear();
        poison.add(Echo.event("bad", 4));
        Operator operator = new Operator(world);
        operator.parked.putBack("bad");
        world.put(producer("q", 1, events("bad", 6, 6), "bad").records(1));
        world.deliver();

        assertThat(world.results()).isEqualTo(events("bad", 1, 3));
        assertThat(world.state()).containsEntry("bad", 3L);
        assertThat(operator.payloads()).isEqualTo(events("bad", 4, 6));
        ParkedEvent failed = operator.all().getFirst();
        assertThat(failed.reason()).contains("the test says so");
        assertThat(failed.place()).isEqualTo(Place.FAILED);
        assertThat(failed.tries()).isEqualTo(1);

        poison.clear();
        operator.parked.putBack("bad");
        world.deliver();
        assertThat(world.results()).isEqualTo(events("bad", 1, 6));
    }

    @Test
    void whatTheBotDidBeforeItFailedAgainLeavesNoTrace() {
        var world = parked(1);
        new Operator(world).parked.putBack("bad");
        world.deliver();

        assertThat(world.state()).containsEntry("bad", 1L);
        assertThat(world.results()).isEqualTo(events("bad", 1, 1));
        assertThat(world.counted(Count.PUT_BACK)).isZero();
    }

    /** In one batch with the command, before and after it. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 100})
    void newEventsOfTheKeyBeforeTheCommandAreTakenWithItAndLaterOnesAfterIt(int batchRecords) {
        var world = parked(1);
        poison.clear();
        world.put(producer("q", 1, events("bad", 6, 8), "bad").records(1));
        new Operator(world).parked.putBack("bad");
        world.put(producer("r", 1, events("bad", 9, 10), "bad").records(1));
        new Delivery<>(world).inBatchesOf(() -> batchRecords).drain();

        assertThat(world.results()).isEqualTo(events("bad", 1, 10));
        assertThat(world.parked()).isEmpty();
    }

    @Test
    void aCommandThatIsGivenSentAndDeliveredTwiceWorksOnce() {
        var world = parked(1);
        poison.clear();
        Operator operator = new Operator(world);
        operator.putBack(Echo.event("bad", 2));
        operator.putBack(Echo.event("bad", 2));
        operator.parked.putBack("bad");
        var records = world.streams.records(world.stream, world.openShards().getFirst());
        world.streams.put(
                world.stream,
                List.of(new dev.weir.port.StreamRecord(
                        "again", "0", records.getLast().data())));
        world.deliver();
        world.deliver();

        assertThat(world.results()).isEqualTo(events("bad", 1, 5));
        assertThat(world.counted(Count.PUT_BACK)).isEqualTo(4);
        assertThat(operator.parked.putBack("bad")).isInstanceOf(Answer.NotParked.class);
    }

    /** An old command must not touch what was parked after it was carried out. */
    @Test
    void aCommandForAnEventThatIsGoneLeavesTheKeyAlone() {
        var world = parked(1);
        Operator operator = new Operator(world);
        var id = operator.id(Echo.event("bad", 2));
        poison.clear();
        operator.parked.putBack(id);
        world.deliver();
        var old = world.streams
                .records(world.stream, world.openShards().getFirst())
                .getLast();
        poison.add(Echo.event("bad", 6));
        world.put(producer("q", 1, events("bad", 6, 7), "bad").records(2));
        world.deliver();
        poison.clear();

        dev.weir.wire.ChunkEncoder encoder = new dev.weir.wire.ChunkEncoder();
        encoder.begin(new dev.weir.model.Chunk("echo/parking-other", 0, 1, 1));
        new dev.weir.wire.RecordDecoder().decode(old.data()).getFirst().lines().forEach(encoder::add);
        world.put(new dev.weir.port.StreamRecord("again", "0", encoder.finish()));
        world.deliver();

        assertThat(operator.payloads()).isEqualTo(events("bad", 6, 7));
    }

    @Test
    void moreParkedEventsThanACommitHoldsAreTakenInMany() {
        var world = world(1);
        poison.add(Echo.event("bad", 1));
        world.put(producer("p", 1, events("bad", 1, 500), "bad").records(100));
        world.deliver();
        assertThat(world.parked()).hasSize(500);
        poison.clear();
        long commits = world.commits();
        new Operator(world).parked.putBack("bad");
        world.deliver();

        assertThat(world.results()).isEqualTo(events("bad", 1, 500));
        assertThat(world.commits() - commits).isGreaterThan(10);
    }

    @Test
    void largeEventsAreTakenInAsManyCommitsAsTheyNeed() {
        var world = world(1);
        List<String> large = IntStream.rangeClosed(1, 30)
                .mapToObj(n -> "{\"key\":\"bad\",\"n\":" + n + ",\"note\":\""
                        + "x".repeat(n % 5 == 0 ? 380_000 : 230_000) + "\"}")
                .toList();
        poison.add(large.getFirst());
        world.put(producer("p", 1, large, "bad").records(3));
        world.deliver();
        poison.clear();
        new Operator(world).parked.putBack("bad");
        world.deliver();

        assertThat(world.results()).isEqualTo(large);
        assertThat(world.state()).containsEntry("bad", 30L);
        assertThat(world.parked()).isEmpty();
    }

    /** So that what the bot did for an event has to be taken back, and done again in the next commit. */
    @Test
    void resultsMuchLargerThanTheirEventsAreWrittenOnce() {
        var world = new World<>(Echo.swelling(poison::contains), 1, 1);
        poison.add(Echo.event("bad", 1));
        world.put(producer("p", 1, events("bad", 1, 30), "bad").records(10));
        world.deliver();
        poison.clear();
        new Operator(world).parked.putBack("bad");
        world.deliver();

        assertThat(world.results().stream().map(Echo::number))
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(1, 30).mapToObj(Integer::toString).toList());
        assertThat(world.state()).containsEntry("bad", 30L);
    }

    /** Somebody deletes the item by hand just before the commit that puts it back. */
    @Test
    void anEventThatSomebodyRemovedByHandIsNotPutBack() {
        var clean = parked(1);
        poison.clear();
        new Operator(clean).parked.putBack("bad");
        int calls = 40;
        for (int i = 0; i < calls; i++) {
            poison.add(Echo.event("bad", 2));
            var world = parked(1);
            poison.clear();
            var item = world.parked().getFirst().key();
            new Operator(world).parked.putBack("bad");
            boolean[] removed = {false};
            var first = world.copy(Plan.meanwhile(i, () -> {
                removed[0] = !world.parked().isEmpty()
                        && world.parked().getFirst().key().equals(item);
                world.items.deleteAll(List.of(item));
            }));
            new Delivery<>(world).by(() -> first).drain();

            List<String> left = removed[0]
                    ? List.of(Echo.event("bad", 1), Echo.event("bad", 3), Echo.event("bad", 4), Echo.event("bad", 5))
                    : events("bad", 1, 5);
            assertThat(world.results()).as("call=%d", i).isEqualTo(left);
            assertThat(world.parked()).as("call=%d", i).isEmpty();
        }
    }

    @Test
    void aPutBackThatTakesLongerThanAnInvocationGoesOnInTheNext() {
        var world = world(1);
        poison.add(Echo.event("bad", 1));
        world.put(producer("p", 1, events("bad", 1, 300), "bad").records(100));
        world.deliver();
        new Operator(world).parked.putBack("bad");
        var batch = world.streams.records(world.stream, world.openShards().getFirst());
        List<Integer> left = new ArrayList<>();
        boolean done = false;
        while (!done) {
            // Each event takes 0.3 s, by the clock that the function sees, and an invocation has ten.
            poison.clear();
            var slow = new World.Copy<>(
                    new dev.weir.flow.Spine<>(
                            Echo.graph(event -> {
                                world.time.advance(java.time.Duration.ofMillis(300));
                                return false;
                            }),
                            world.bus,
                            world.items,
                            world.streams,
                            world.time,
                            Runnable::run,
                            "slow-" + left.size()),
                    new Calls(Plan.NO_FAULTS));
            done = slow.spine().process(batch, world.deadlineMillis()).isEmpty();
            left.add(world.parked().size());
        }

        assertThat(left).hasSizeBetween(8, 12).isSortedAccordingTo((a, b) -> b - a);
        assertThat(world.results()).isEqualTo(events("bad", 1, 300));
    }

    @ParameterizedTest
    @ValueSource(strings = {"p", "ledger/lane-0", "echo", "operator"})
    void aCommandOfAnybodyButAnOperatorOfTheBotIsAnEventOrNothing(String producer) {
        var world = parked(1);
        poison.clear();
        String command = "{\"_cmd\":\"put-back\",\"bot\":\"echo\",\"key\":\"bad\"}";
        dev.weir.wire.ChunkEncoder encoder = new dev.weir.wire.ChunkEncoder();
        encoder.begin(new dev.weir.model.Chunk(producer, 0, 1, producer.equals("p") ? 6 : 1));
        encoder.add(dev.weir.model.Json.of(command));
        world.put(new dev.weir.port.StreamRecord("x", "0", encoder.finish()));
        world.putForeign("bad", command);
        world.deliver();

        assertThat(world.results()).isEqualTo(events("bad", 1, 1));
        assertThat(world.parkedPayloads()).containsSequence(events("bad", 2, 5));
    }

    @Test
    void aCommandAboutAnEventThatAnotherLaneKeepsIsParked() {
        var world = parked(4);
        poison.clear();
        String id = new Operator(world).id(Echo.event("bad", 2)).text();
        int other = (world.bus.lanes().of("bad") + 1) % 4;
        dev.weir.wire.ChunkEncoder encoder = new dev.weir.wire.ChunkEncoder();
        encoder.begin(new dev.weir.model.Chunk("echo/parking-x", other, 4, 1));
        encoder.add(dev.weir.model.Json.of(
                "{\"_cmd\":\"drop\",\"bot\":\"echo\",\"id\":\"" + id + "\",\"by\":\"x\",\"why\":\"y\"}"));
        world.put(new dev.weir.port.StreamRecord(
                "x", world.bus.lanes().firstHash(other).toString(), encoder.finish()));
        world.deliver();

        assertThat(world.parked()).hasSize(5);
        assertThat(world.parkedReasons()).anyMatch(reason -> reason.contains("another lane"));
    }
}
