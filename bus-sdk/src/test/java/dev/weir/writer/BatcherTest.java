package dev.weir.writer;

import static dev.weir.writer.ScriptedStreams.Fate.ACCEPT;
import static dev.weir.writer.ScriptedStreams.Fate.LOSE_WITHOUT_ANSWER;
import static dev.weir.writer.ScriptedStreams.Fate.REFUSE;
import static dev.weir.writer.ScriptedStreams.Fate.STORE_WITHOUT_ANSWER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.model.Lanes;
import dev.weir.port.StreamRecord;
import dev.weir.port.Streams;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BatcherTest {

    private static final WriterLimits LIMITS = WriterLimits.DEFAULTS;
    private static final WriterLimits ONE_EVENT_A_RECORD = LIMITS.withRecord(1024, 1);

    @Test
    void lanesThatAreDueShareARequest() {
        var steps = new Steps(4, LIMITS, (_, _) -> ACCEPT);
        steps.put(0, "{\"a\":1}");
        steps.put(2, "{\"b\":1}");
        steps.put(2, "{\"b\":2}");
        steps.batcher.flush();

        assertThat(steps.step()).isEqualTo(2);
        assertThat(Reader.read(steps.streams))
                .isEqualTo(Map.of(0, List.of("{\"a\":1}"), 2, List.of("{\"b\":1}", "{\"b\":2}")));
        assertThat(steps.batcher.flushed()).isEqualTo(new Flushed(Map.of(0, 1L, 2, 2L), 3, 2, 0));
    }

    @Test
    void recordsNameTheirLaneByPartitionKeyAndHashKey() {
        var steps = new Steps(4, LIMITS, (_, _) -> ACCEPT);
        steps.put(3, "1");
        steps.drain();

        assertThat(steps.streams.stored().getFirst())
                .extracting(StreamRecord::partitionKey, StreamRecord::explicitHashKey)
                .containsExactly("p/3", new Lanes(4).firstHash(3).toString());
    }

    @Test
    void aChunkWaitsForCompanyUntilTheDelayIsOver() {
        var steps = new Steps(1, LIMITS.withDelayMax(Duration.ofMillis(100)), (_, _) -> ACCEPT);
        steps.put(0, "1");
        steps.nowMillis += 99;
        steps.put(0, "2");
        assertThat(steps.step()).isZero();

        steps.nowMillis += 1;
        assertThat(steps.step()).isEqualTo(1);
        assertThat(Reader.read(steps.streams)).isEqualTo(Map.of(0, List.of("1", "2")));
    }

    @Test
    void aChunkIsCutWhenItHasItsEvents() {
        var steps = new Steps(1, LIMITS.withRecord(1024, 3), (_, _) -> ACCEPT);
        for (int i = 1; i <= 7; i++) {
            steps.put(0, "" + i);
        }

        assertThat(List.of(steps.step(), steps.step(), steps.step())).containsExactly(1, 1, 0);
        assertThat(eventsPerRecord(steps)).containsExactly(3, 3);
    }

    @Test
    void aChunkIsCutBeforeItWouldHaveTooManyBytes() {
        var steps = new Steps(1, LIMITS.withRecord(10, 100), (_, _) -> ACCEPT);
        for (String event :
                List.of("\"4567\"", "\"45\"", "\"x\"", "\"this one is larger than a record may be\"", "1")) {
            steps.put(0, event);
        }
        steps.drain();

        assertThat(eventsPerRecord(steps)).containsExactly(2, 1, 1, 1);
    }

    @Test
    void eventsGatherWhileTheRecordBeforeIsOnItsWay() {
        var steps = new Steps(1, LIMITS.withDelayMax(Duration.ZERO), (_, _) -> ACCEPT);
        steps.put(0, "0");
        var flight = steps.send().orElseThrow();
        for (int i = 1; i <= 1_000; i++) {
            steps.put(0, "" + i);
            assertThat(steps.send()).as("the lane is on its way").isEmpty();
        }
        steps.arrive(flight);
        steps.step();

        assertThat(eventsPerRecord(steps)).containsExactly(1, 1_000);
    }

    @Test
    void whoWaitsForRoomMakesOpenChunksDue() {
        var steps = new Steps(1, LIMITS, (_, _) -> ACCEPT);
        steps.put(0, "1");
        assertThat(steps.step()).isZero();

        steps.batcher.hurry(true);
        assertThat(steps.step()).isEqualTo(1);
    }

    @Test
    void aPartialFailureDelaysALaneAndCannotReorderIt() {
        var refusals = new ArrayDeque<>(List.of(1L, 1L)); // lane 0, number 1: refused twice
        var steps = new Steps(
                2, ONE_EVENT_A_RECORD, (lane, first) -> lane == 0 && refusals.remove(first) ? REFUSE : ACCEPT);
        for (int i = 1; i <= 3; i++) {
            steps.put(0, "\"a" + i + "\"");
            steps.put(1, "\"b" + i + "\"");
        }
        steps.drain();

        assertThat(steps.streams.arrivals())
                .extracting(ScriptedStreams.Arrival::event)
                .containsExactly("\"b1\"", "\"b2\"", "\"b3\"", "\"a1\"", "\"a2\"", "\"a3\"");
        assertThat(steps.batcher.flushed()).isEqualTo(new Flushed(Map.of(0, 3L, 1, 3L), 6, 6, 2));
    }

    @Test
    void whatGotNoAnswerIsSentAgainWithTheSameBytesAndNumbers() {
        var fates = new ArrayDeque<>(List.of(STORE_WITHOUT_ANSWER, LOSE_WITHOUT_ANSWER, ACCEPT, ACCEPT));
        var steps = new Steps(1, LIMITS, (_, _) -> fates.remove());
        steps.put(0, "1");
        steps.put(0, "2");
        steps.batcher.flush();
        steps.step();
        steps.put(0, "3"); // joins a later record, not the one that is tried
        steps.drain();

        var requests = steps.streams.requests();
        assertThat(requests.get(1).getFirst().data())
                .isEqualTo(requests.get(0).getFirst().data());
        assertThat(requests.get(2).getFirst().data())
                .isEqualTo(requests.get(0).getFirst().data());
        assertThat(steps.streams.arrivals())
                .extracting(ScriptedStreams.Arrival::number)
                .containsExactly(1L, 2L, 1L, 2L, 3L);
        assertThat(Reader.read(steps.streams)).isEqualTo(Map.of(0, List.of("1", "2", "3")));
    }

    @Test
    void aRefusedLaneWaitsLongerEachTimeAndOthersDoNot() {
        var steps = new Steps(2, LIMITS, (lane, _) -> lane == 0 ? REFUSE : ACCEPT);
        steps.put(0, "1");
        steps.batcher.flush();
        steps.step();
        steps.put(1, "1");
        steps.batcher.flush();
        assertThat(steps.step()).as("lane 1 alone").isEqualTo(1);

        var waits = new ArrayList<Long>();
        for (int i = 0; i < 10; i++) {
            waits.add(steps.batcher.dueMillis() - steps.nowMillis);
            steps.passTime();
            steps.step();
        }
        long[] full = {50, 100, 200, 400, 800, 1600, 3200, 5000, 5000, 5000};
        for (int i = 0; i < full.length; i++) {
            assertThat(waits.get(i)).as("wait %d", i).isBetween(full[i] / 2, full[i]);
        }
    }

    @Test
    void aRecordFailsAtItsDeadlineAndNotBefore() {
        var steps = new Steps(1, LIMITS.withDelayMax(Duration.ZERO), (_, first) -> first == 1 ? ACCEPT : REFUSE);
        steps.put(0, "1");
        steps.step();
        steps.put(0, "2");
        steps.nowMillis += 60_000; // waiting in the buffer does not count
        long firstTryMillis = steps.nowMillis;
        var failure = steps.arrive(steps.send().orElseThrow());
        int tries = 1;
        while (failure.isEmpty()) {
            assertThat(steps.nowMillis - firstTryMillis)
                    .isLessThan(LIMITS.deadline().toMillis());
            steps.passTime();
            failure = steps.arrive(steps.send().orElseThrow());
            tries++;
        }

        assertThat(steps.nowMillis - firstTryMillis)
                .as("last try")
                .isEqualTo(LIMITS.deadline().toMillis());
        assertThat(failure).contains(new Failure(0, 2, tries, "refused: throttled", null));
        assertThat(steps.batcher.accepted()).isEqualTo(Map.of(0, 1L));
    }

    @Test
    void aRequestStaysWithinTheBytesOfThePort() {
        var random = new Random(5);
        var steps = new Steps(32, LIMITS, (_, _) -> ACCEPT);
        for (int lane = 0; lane < 32; lane++) {
            steps.put(lane, incompressible(random, 800 * 1024));
        }
        steps.batcher.flush();

        int first = steps.step();
        assertThat(first).isBetween(10, 12);
        assertThat(steps.streams.requests().getFirst().getFirst().partitionKey())
                .isEqualTo("p/0");
        for (int lane = 0; lane < 32; lane++) {
            steps.put(lane, "1");
        }
        steps.batcher.flush();
        steps.step();
        assertThat(steps.streams.requests().get(1).getFirst().partitionKey())
                .as("those left out come first")
                .isEqualTo("p/" + first);
        steps.drain();
        assertThat(Reader.read(steps.streams)).hasSize(32);
    }

    @Test
    void aRequestHasNoMoreRecordsThanThePortTakes() {
        var steps = new Steps(1_200, LIMITS, (_, _) -> ACCEPT);
        for (int lane = 0; lane < 1_200; lane++) {
            steps.put(lane, "1");
        }
        steps.batcher.flush();

        assertThat(List.of(steps.step(), steps.step(), steps.step(), steps.step()))
                .containsExactly(Streams.PUT_RECORDS_MAX, Streams.PUT_RECORDS_MAX, 200, 0);
    }

    @Test
    void aChunkThatDoesNotCompressIsCutInTwoWithTheSameNumbers() {
        var random = new Random(7);
        var refusals = new ArrayDeque<>(List.of(1L, 9L));
        var steps = new Steps(
                1, LIMITS.withRecord(2 * 1024 * 1024, 5_000), (_, first) -> refusals.remove(first) ? REFUSE : ACCEPT);
        var events = new ArrayList<String>();
        for (int i = 0; i < 16; i++) {
            events.add(incompressible(random, 128 * 1024 - 64));
            steps.put(0, events.getLast());
        }
        steps.drain();

        assertThat(eventsPerRecord(steps)).containsExactly(8, 8);
        assertThat(Reader.read(steps.streams)).isEqualTo(Map.of(0, events));
        assertThat(steps.batcher.flushed()).isEqualTo(new Flushed(Map.of(0, 16L), 16, 2, 2));
    }

    @Test
    void theLargestEventGoesAloneEvenIfItDoesNotCompress() {
        var steps = new Steps(
                1,
                LIMITS.withEventBytesMax(WriterLimits.EVENT_BYTES_BOUND).withRecord(4 * 1024 * 1024, 10),
                (_, _) -> ACCEPT);
        String event = incompressible(new Random(3), WriterLimits.EVENT_BYTES_BOUND);
        steps.put(0, event);
        steps.put(0, event);
        steps.drain();

        assertThat(Reader.read(steps.streams)).isEqualTo(Map.of(0, List.of(event, event)));
    }

    @Test
    void aRepeatedRunHasTheSameNumbersWithOtherBorders() {
        var streams = ScriptedStreams.reliable();
        var producer = new Producer("p", "s", new Lanes(1), Map.of(0, 1L));
        for (int eventsMax : List.of(3, 4)) {
            var steps = new Steps(producer, LIMITS.withRecord(1024, eventsMax), streams);
            for (int i = 1; i <= 12; i++) {
                steps.put(0, "" + i);
            }
            steps.drain();
        }

        assertThat(streams.stored()).hasSize(4 + 3);
        assertThat(Reader.read(streams).get(0)).hasSize(12).startsWith("1", "2").endsWith("12");
    }

    @Test
    void numbersStartWhereTheProducerSays() {
        var steps =
                new Steps(new Producer("p", "s", new Lanes(2), Map.of(1, 101L)), LIMITS, ScriptedStreams.reliable());
        assertThat(steps.batcher.accepted()).isEmpty();
        steps.put(1, "1");
        steps.put(0, "2");
        steps.drain();

        assertThat(steps.batcher.accepted()).isEqualTo(Map.of(0, 1L, 1, 101L));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void everythingArrivesOnceAndInOrderThroughAStreamThatFailsAtRandom(int seed) {
        var random = new Random(seed);
        var fates = ScriptedStreams.Fate.values();
        var steps = new Steps(
                16, LIMITS.withRecord(2_000, 40), (_, _) -> random.nextBoolean() ? ACCEPT : fates[random.nextInt(4)]);
        var expected = new HashMap<Integer, List<String>>();
        var flights = new ArrayList<Steps.Flight>();
        for (int i = 0; i < 10_000; i++) {
            int lane = random.nextInt(16);
            String event = "{\"i\":" + i + "}";
            expected.computeIfAbsent(lane, _ -> new ArrayList<>()).add(event);
            steps.put(lane, event);
            if (random.nextInt(10) == 0) {
                steps.nowMillis += random.nextInt(50);
                steps.send().ifPresent(flights::add);
            }
            if (random.nextInt(15) == 0 && !flights.isEmpty()) {
                steps.arrive(flights.remove(random.nextInt(flights.size())));
            }
        }
        flights.forEach(steps::arrive);
        steps.drain();

        assertThat(Reader.read(steps.streams)).as("seed %d", seed).isEqualTo(expected);
        assertThat(steps.streams.arrivals()).as("the seed made second copies").hasSizeGreaterThan(10_000);
        assertThat(steps.batcher.flushed().events()).isEqualTo(10_000);
        assertThat(steps.batcher.flushed().retries()).isPositive();
    }

    private static List<Integer> eventsPerRecord(Steps steps) {
        return steps.streams.stored().stream()
                .map(record -> ScriptedStreams.arrivals(record).size())
                .toList();
    }

    /** A JSON string of so many bytes, each of them drawn. The bytes are not UTF-8 beyond ASCII, so it still compresses a little. */
    static String incompressible(Random random, int bytes) {
        var text = new StringBuilder(bytes).append('"');
        while (text.length() < bytes - 1) {
            char c = (char) (' ' + random.nextInt(95));
            text.append(c == '"' || c == '\\' ? 'x' : c);
        }
        return text.append('"').toString();
    }
}
