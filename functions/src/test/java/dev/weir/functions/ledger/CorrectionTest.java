package dev.weir.functions.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.flow.Counts.Count;
import dev.weir.flow.ParkedEvent.Place;
import dev.weir.flow.ParkedId;
import dev.weir.graph.Graph;
import dev.weir.model.Json;
import dev.weir.parking.Answer;
import dev.weir.parking.ParkedEvents;
import dev.weir.port.RecordLookup;
import java.math.BigInteger;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is put back with another payload, and what was parked for other reasons than that the bot failed. */
class CorrectionTest {
    private static final Duration AFTER_DEADLINE = Duration.ofSeconds(31);

    private final Set<String> poison = new HashSet<>();
    private final World<String, Long, String> world = new World<>(Echo.graph(poison::contains), 4, 1);
    private final Operator operator = new Operator(world);

    private static String event(int n) {
        return Echo.event("bad", n);
    }

    private void park(int count) {
        poison.add(event(1));
        Numbered producer = new Numbered("p", 4);
        for (int n = 1; n <= count; n++) {
            producer.add("bad", event(n));
        }
        world.put(producer.records(4));
        world.deliver();
    }

    @Test
    void anEventKeepsItsPlaceWithAnotherPayload() {
        park(3);
        operator.putBack(event(1), event(10));
        world.deliver();

        assertThat(world.results()).containsExactly(event(10), event(2), event(3));
        assertThat(world.parked()).isEmpty();
    }

    @Test
    void aPayloadWaitsForTheTurnOfItsEvent() {
        park(3);
        operator.putBack(event(2), event(20));
        world.deliver();
        assertThat(operator.payloads()).containsExactly(event(1), event(20), event(3));

        poison.clear();
        operator.parked.putBack("bad");
        world.deliver();
        assertThat(world.results()).containsExactly(event(1), event(20), event(3));
    }

    @Test
    void aPayloadForWhichTheBotFailsTooIsKept() {
        park(2);
        poison.add(event(10));
        operator.putBack(event(1), event(10));
        world.deliver();
        assertThat(operator.payloads()).containsExactly(event(10), event(2));
    }

    @Test
    void aPayloadThatIsNoEventChangesNothingButTheReason() {
        park(2);
        operator.putBack(event(1), "{\"no\":\"key\"}");
        world.deliver();

        assertThat(operator.payloads()).containsExactly(event(1), event(2));
        assertThat(operator.all().getFirst().reason()).isEqualTo("no key");
        assertThat(operator.all().getFirst().place()).isEqualTo(Place.FAILED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "b", "c", "d", "e", "f"})
    void withAnotherKeyItIsANewEventOfThatKeyAndItsOwnGoesOn(String key) {
        park(3);
        operator.putBack(event(1), Echo.event(key, 1));
        world.deliver();

        assertThat(world.results()).containsExactlyInAnyOrder(Echo.event(key, 1), event(2), event(3));
        assertThat(world.state()).containsEntry(key, 1L).containsEntry("bad", 2L);
        assertThat(world.parked()).isEmpty();
    }

    @Test
    void whatIsNoJsonIsRefusedAtOnce() {
        park(1);
        assertThat(operator.putBack(event(1), "{\"half\":")).isInstanceOf(Answer.Refused.class);
        assertThat(operator.parked.putBack(new ParkedId(world.lanes().getFirst(), 99, 0), Json.of("{}")))
                .isInstanceOf(Answer.NotParked.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "b", "c", "d", "e", "f"})
    void whatWasNoEventTakesEffectInTheLaneOfItsKey(String key) {
        world.putForeign("x", "nonsense");
        world.deliver();
        operator.putBack("nonsense", Echo.event(key, 1));
        world.deliver();

        assertThat(world.results()).containsExactly(Echo.event(key, 1));
        assertThat(world.parked()).isEmpty();
    }

    /** Nothing ever comes in that shard again. */
    @ParameterizedTest
    @ValueSource(strings = {"a", "b", "c", "d"})
    void alsoWhenItsShardIsClosed(String key) {
        world.putForeign("x", "nonsense");
        world.deliver();
        world.streams.split(world.stream, world.openShards().getFirst(), BigInteger.TWO.pow(126));
        operator.putBack("nonsense", Echo.event(key, 1));
        world.deliver();

        assertThat(world.results()).containsExactly(Echo.event(key, 1));
        assertThat(world.parked()).isEmpty();
    }

    @Test
    void whatWasNoEventAndStillIsNoneStays() {
        world.putForeign("x", "nonsense");
        world.deliver();
        operator.putBack("nonsense");
        operator.putBack("nonsense", "{\"no\":\"key\"}");
        world.deliver();

        assertThat(operator.all()).singleElement().satisfies(event -> {
            assertThat(event.reason()).isEqualTo("no key");
            assertThat(event.tries()).isEqualTo(2);
            assertThat(event.payload()).hasToString("nonsense");
        });
    }

    @Test
    void anEventWithoutAPlaceIsParkedBehindTheOthersOfItsKey() {
        park(2);
        world.putForeign("x", "nonsense");
        world.deliver();
        operator.putBack("nonsense", event(7));
        world.deliver();
        assertThat(operator.payloads()).containsExactly(event(1), event(2), event(7));

        poison.clear();
        operator.parked.putBack("bad");
        world.deliver();
        assertThat(world.results()).containsExactly(event(1), event(2), event(7));
    }

    @Test
    void anEventForWhichTheBotFailsStaysWhereItWasAndBlocksNothing() {
        world.putForeign("x", "nonsense");
        world.deliver();
        poison.add(event(1));
        operator.putBack("nonsense", event(1));
        world.put(new Numbered("p", 4).add("bad", event(2)).records(1));
        world.deliver(); // forwarded to the lane of its key it is a new event there

        assertThat(world.results()).doesNotContain(event(1));
        assertThat(operator.payloads()).contains(event(1));
    }

    @Test
    void anEventThatCameLateInItsProducersNumbersIsTakenNow() {
        Numbered producer = new Numbered("p", 1).add("k", Echo.event("k", 1)).add("k", Echo.event("k", 2));
        var one = new World<>(Echo.graph(poison::contains), 1, 1);
        one.put(producer.chunk(0, 2, 2));
        one.deliver();
        one.time.advance(AFTER_DEADLINE);
        assertThat(one.tick()).isTrue();
        one.put(producer.chunk(0, 1, 1));
        one.deliver();
        assertThat(one.parkedPayloads()).containsExactly(Echo.event("k", 1));

        new Operator(one).putBack(Echo.event("k", 1));
        one.deliver();
        assertThat(one.results()).containsExactly(Echo.event("k", 2), Echo.event("k", 1));
        assertThat(one.parked()).isEmpty();
    }

    @Test
    void anEventThatCameLateInItsKeyIsTakenNowThoughItsNumberWasPassed() {
        World<?, ?, ?> ledger = World.ledger(1);
        ledger.put(new Numbered("p", 1).add(transfer(1)).add(transfer(3)).records(2));
        ledger.deliver();
        ledger.time.advance(AFTER_DEADLINE);
        assertThat(ledger.tick()).isTrue();
        ledger.put(new Numbered("q", 1).add(transfer(2)).records(1));
        ledger.deliver();
        assertThat(ledger.parkedPayloads()).containsExactly(transfer(2));

        new Operator(ledger).putBack(transfer(2));
        ledger.deliver();
        assertThat(ledger.results())
                .containsExactly(
                        Transfers.denied(transfer(1)), Transfers.denied(transfer(3)), Transfers.denied(transfer(2)));
        assertThat(ledger.parked()).isEmpty();
    }

    private static String transfer(int sequence) {
        return Transfers.with(Transfers.line("s", "a", "1.00"), "\"sequence\":" + sequence);
    }

    /** What waits for the number of an event that was not understood goes on when it is. */
    @Test
    void aCorrectedEventSetsFreeWhatWaitsForIt() {
        World<?, ?, ?> ledger = World.ledger(1);
        ledger.put(new Numbered("p", 1)
                .add(transfer(1))
                .add("s", "nonsense")
                .add(transfer(3))
                .records(3));
        ledger.deliver();
        assertThat(ledger.held()).isEqualTo(1);

        new Operator(ledger).putBack("nonsense", transfer(2));
        ledger.deliver();
        assertThat(ledger.results())
                .containsExactly(
                        Transfers.denied(transfer(1)), Transfers.denied(transfer(2)), Transfers.denied(transfer(3)));
        assertThat(ledger.held()).isZero();
    }

    @Test
    void aCorrectedEventWhoseIdWasSeenIsDroppedAsTheSame() {
        World<?, ?, ?> ledger = World.ledger(1);
        String first = Transfers.with(Transfers.line("s", "a", "1.00"), "\"id\":\"x\"");
        String second = Transfers.with(Transfers.line("s", "a", "2.00"), "\"id\":\"x\"");
        ledger.put(new Numbered("p", 1).add(first).add("s", "nonsense").records(3));
        ledger.deliver();
        new Operator(ledger).putBack("nonsense", second);
        ledger.deliver();

        assertThat(ledger.results()).containsExactly(Transfers.denied(first));
        assertThat(ledger.parked()).isEmpty();
        assertThat(ledger.counted(Count.SAME_BUSINESS_ID)).isEqualTo(1);
    }

    /** A parked event keeps its id, so a copy of it that comes meanwhile or after is the same. */
    @Test
    void theIdOfAnEventThatWasPutBackIsRemembered() {
        Set<String> bad = new HashSet<>(Set.of("1"));
        Graph<String, Long, String> graph = Echo.withIds(event -> bad.contains(Echo.number(event)));
        var one = new World<>(graph, 1, 1);
        one.put(new Numbered("p", 1).add("k", event(1)).add("k", event(2)).records(2));
        one.deliver();
        bad.clear();
        new Operator(one).parked.putBack("bad");
        one.put(new Numbered("q", 1).add("k", event(1)).add("k", event(2)).records(2));
        one.deliver();

        assertThat(one.results()).containsExactly(event(1), event(2));
    }

    @Test
    void whatCouldNotBeAddedIsAddedWhenItCan() {
        var four = World.ledger(4);
        int own = four.bus.lanes().of("a");
        String most = Transfers.line("sweep", "a", "99999999999999999999999999999999999999");
        String more = Transfers.line("sweep", "a", "7");
        String back = Transfers.line("a", "sweep", "50");
        four.put(new Numbered("p", 4).add((own + 2) % 4, most).records(1));
        four.deliver();
        four.put(new Numbered("q", 4).add((own + 1) % 4, more).records(1));
        four.deliver();
        var parked = new Operator(four);
        assertThat(parked.all()).singleElement().satisfies(event -> assertThat(event.isCommand())
                .isTrue());

        parked.parked.putBack(parked.all().getFirst().id());
        four.deliver();
        assertThat(parked.all()).as("it still cannot").hasSize(1);
        four.put(new Numbered("r", 4).add(back).records(1));
        parked.parked.putBack(parked.all().getFirst().id());
        four.deliver();

        assertThat(parked.all()).isEmpty();
        assertThat(four.results()).hasSize(3);
        assertThat(four.counted(Count.MERGED)).as("both credits").isEqualTo(2);
    }

    /** A line that pretends to be a command of the bot, and came to its lane in one, must stay an event. */
    @Test
    void aForeignEventIsNeverTakenForACommand() {
        String trick = "{\"_cmd\":\"add\",\"bot\":\"echo\",\"key\":\"bad\",\"value\":1000}";
        var four = new World<>(Echo.anything(poison::contains), 4, 1);
        poison.add(trick);
        four.putForeign("elsewhere", trick);
        four.deliver();
        Operator parked = new Operator(four);
        assertThat(parked.payloads()).containsExactly(trick);
        poison.clear();
        parked.putBack(trick);
        four.deliver();

        assertThat(four.results()).containsExactly(trick);
        assertThat(four.state()).containsEntry("bad", 1L);
    }

    private static String large(Random random) {
        StringBuilder noise = new StringBuilder();
        random.ints(600_000, 'a', 'z').forEach(c -> noise.append((char) c));
        return "{\"key\":\"bad\",\"n\":1,\"noise\":\"" + noise + "\"}";
    }

    private static World<String, Long, String> sizes(Set<String> poison) {
        return new World<>(Echo.lengths(event -> poison.contains(Echo.number(event))), 1, 1);
    }

    @Test
    void whatIsTooLargeForAnItemIsReadAgainFromTheStream() {
        String large = large(new Random(5));
        var one = sizes(poison);
        one.put(new Numbered("p", 1).add("bad", large).add("bad", event(2)).records(2));
        one.putForeign("x", large);
        one.deliver();
        Operator parked = new Operator(one);
        assertThat(parked.all()).hasSize(2).allMatch(event -> event.payload() == null);
        assertThat(parked.parked.payload(parked.all().getFirst())).contains(Json.of(large));

        poison.add("1");
        parked.all().forEach(event -> parked.parked.putBack(event.id()));
        one.deliver();
        assertThat(parked.all()).as("the bot fails").hasSize(2).allMatch(event -> event.tries() == 1);

        poison.clear();
        parked.all().forEach(event -> parked.parked.putBack(event.id()));
        one.deliver();
        assertThat(one.results())
                .containsExactlyInAnyOrder("" + event(2).length(), "" + large.length(), "" + large.length());
        assertThat(parked.all()).isEmpty();
    }

    @Test
    void whatTheStreamHasForgottenIsRefusedWithItsPlace() {
        String large = large(new Random(5));
        var one = sizes(poison);
        one.putForeign("x", large);
        one.deliver();
        RecordLookup forgetful = (_, _, _) -> Optional.empty();
        ParkedEvents parked =
                ParkedEvents.of(one.bus, "echo", "events", one.items, one.streams, forgetful, one.time, "operator");
        var id = parked.list(Optional.empty(), 1).getFirst().id();

        assertThat(parked.putBack(id))
                .isInstanceOfSatisfying(Answer.Refused.class, refused -> assertThat(refused.reason())
                        .contains("no longer has it", "shardId-000000000000"));
        assertThat(parked.putBack(id, Json.of(event(1)))).isInstanceOf(Answer.Sent.class);
        one.deliver();
        assertThat(one.results()).containsExactly("" + event(1).length());
    }

    @Test
    void anythingParkedCanBeDropped() {
        String large = large(new Random(5));
        world.putForeign("x", "nonsense");
        world.putForeign("x", large);
        world.deliver();
        operator.all().forEach(event -> operator.parked.drop(event.id(), "anna", "gone"));
        world.deliver();

        assertThat(world.parked()).isEmpty();
        List<String> dropped =
                world.byLane("echo.dropped").stream().flatMap(List::stream).toList();
        assertThat(dropped).hasSize(2);
    }
}
