package dev.weir.writer;

import static dev.weir.writer.ScriptedStreams.Fate.ACCEPT;
import static dev.weir.writer.ScriptedStreams.Fate.REFUSE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.weir.model.Json;
import dev.weir.model.Lanes;
import dev.weir.port.PutOutcome;
import dev.weir.port.Shard;
import dev.weir.port.StreamRecord;
import dev.weir.port.Streams;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class StreamWriterTest {

    private static final WriterLimits LIMITS = WriterLimits.DEFAULTS.withDelayMax(Duration.ofMillis(1));
    private static final WriterLimits LAZY = WriterLimits.DEFAULTS.withDelayMax(Duration.ofDays(1));
    private static final WriterLimits HOPELESS =
            LIMITS.withRetry(Duration.ofMillis(5), Duration.ofMillis(1), Duration.ofMillis(1));

    private final WriterBench bench = new WriterBench();

    @AfterEach
    void sendersEnd() {
        bench.requireSendersEnd();
    }

    @Test
    void closeSendsEverythingAndTells() {
        var streams = ScriptedStreams.reliable();
        var writer = bench.open(streams, 1, LAZY);
        writer.put("a", Json.of("1"));
        writer.put("b", Json.of("2"));
        writer.close();
        writer.close();

        assertThat(Reader.read(streams)).isEqualTo(Map.of(0, List.of("1", "2")));
        assertThat(writer.closed()).isEqualTo(new Flushed(Map.of(0, 2L), 2, 1, 0));
    }

    @Test
    void flushWaitsForWhatWasPutBefore() {
        var streams = ScriptedStreams.reliable();
        try (var writer = bench.open(streams, 1, LAZY)) {
            assertThat(writer.flush()).isEqualTo(new Flushed(Map.of(), 0, 0, 0));
            writer.put("a", Json.of("1"));
            assertThat(writer.accepted()).isEmpty();
            assertThat(writer.flush().accepted()).isEqualTo(Map.of(0, 1L));
            assertThat(streams.stored()).hasSize(1);
            writer.put("a", Json.of("2"));
            assertThat(writer.flush()).isEqualTo(new Flushed(Map.of(0, 2L), 2, 2, 0));
            assertThat(writer.accepted()).isEqualTo(Map.of(0, 2L));
        }
    }

    @Test
    void theDelaySendsWithoutAFlush() throws InterruptedException {
        var arrived = new CountDownLatch(1);
        var streams = new ScriptedStreams((_, _) -> ACCEPT, _ -> arrived.countDown());
        try (var writer = bench.open(streams, 1, LIMITS)) {
            bench.senders().forEach(sender -> WriterBench.awaitBlocked(sender, () -> true));
            writer.put("a", Json.of("1"));
            arrived.await();
        }
    }

    @Test
    void theCallerMayUseItsArrayAgain() {
        var streams = ScriptedStreams.reliable();
        byte[] array = "[1]".getBytes(StandardCharsets.UTF_8);
        try (var writer = bench.open(streams, 1, LAZY)) {
            writer.put("a", new Json(array, 1, 2));
            array[1] = '2';
            writer.put("a", Json.of(array));
        }
        assertThat(Reader.read(streams)).isEqualTo(Map.of(0, List.of("1", "[2]")));
    }

    @Test
    void anEventThatCannotGoIntoARecordIsRefusedBeforeItTakesANumber() {
        var streams = ScriptedStreams.reliable();
        try (var writer = bench.open(streams, 1, LAZY)) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> writer.put("a", Json.of(new byte[900 * 1024 + 1])))
                    .withMessage("event too large for a record: bytes=921601 eventBytesMax=921600");
            for (String blank : List.of("", " ", "\r\n\t ")) {
                assertThatIllegalArgumentException().isThrownBy(() -> writer.put("a", Json.of(blank)));
            }
            writer.put("a", Json.of("{\n}"));
            writer.put("a", Json.of("2"));
            assertThat(writer.flush().accepted()).isEqualTo(Map.of(0, 2L));
        }
        assertThat(Reader.read(streams)).isEqualTo(Map.of(0, List.of("{ }", "2")));
    }

    @Test
    void putBlocksWhileTheBufferIsFullAndGoesOnWhenThereIsRoom() {
        var answer = new CountDownLatch(1);
        var streams = new ScriptedStreams((_, _) -> ACCEPT, _ -> await(answer));
        int eventBytes = 100;
        long bound = 10L * (eventBytes + WriterLimits.EVENT_OVERHEAD_BYTES);
        var writer = bench.open(streams, 1, LAZY.withEventBytesMax(eventBytes).withBufferedBytesMax(bound));
        var event = Json.of("\"" + "x".repeat(eventBytes - 2) + "\"");
        var puts = new AtomicInteger();
        var putter = Thread.ofPlatform().start(() -> {
            for (int i = 0; i < 25; i++) {
                writer.put("a", event);
                puts.incrementAndGet();
            }
        });

        WriterBench.awaitBlocked(putter, () -> puts.get() >= 10);
        assertThat(puts).hasValue(10);
        answer.countDown();
        WriterBench.join(putter);
        assertThat(writer.flush().events()).isEqualTo(25);
        writer.close();
    }

    @Test
    void anInterruptedPutTookNothing() {
        var answer = new CountDownLatch(1);
        var streams = new ScriptedStreams((_, _) -> ACCEPT, _ -> await(answer));
        var writer = bench.open(streams, 1, LAZY.withEventBytesMax(1).withBufferedBytesMax(6));
        writer.put("a", Json.of("1"));
        var result = new ArrayList<Object>();
        var putter = Thread.ofPlatform().start(() -> {
            result.add(catchThrowableOfType(WriterInterruptedException.class, () -> writer.put("a", Json.of("2"))));
            result.add(Thread.currentThread().isInterrupted());
        });
        WriterBench.awaitBlocked(putter, () -> true);
        putter.interrupt();
        WriterBench.join(putter);
        answer.countDown();
        writer.put("a", Json.of("3"));
        writer.close();

        assertThat(result.getFirst()).asString().contains("the event was not taken");
        assertThat(result.getLast()).isEqualTo(true);
        assertThat(Reader.read(streams)).isEqualTo(Map.of(0, List.of("1", "3")));
    }

    @Test
    void anInterruptedCloseCanBeRepeated() {
        var answer = new CountDownLatch(1);
        var streams = new ScriptedStreams((_, _) -> ACCEPT, _ -> await(answer));
        var writer = bench.open(streams, 1, LAZY);
        writer.put("a", Json.of("1"));
        Thread.currentThread().interrupt();
        assertThatExceptionOfType(WriterInterruptedException.class).isThrownBy(writer::close);
        assertThat(Thread.interrupted()).isTrue();
        assertThatIllegalStateException().isThrownBy(writer::closed).withMessageContaining("close it first");
        assertThatIllegalStateException()
                .isThrownBy(() -> writer.put("a", Json.of("2")))
                .withMessageContaining("closed");
        answer.countDown();
        writer.close();

        assertThat(writer.closed().accepted()).isEqualTo(Map.of(0, 1L));
    }

    @Test
    void interruptingASenderHasNoEffect() {
        var streams = new ScriptedStreams((_, _) -> Thread.currentThread().isInterrupted() ? REFUSE : ACCEPT);
        try (var writer = bench.open(streams, 1, LAZY)) {
            for (int i = 0; i < 20; i++) {
                bench.senders().forEach(Thread::interrupt);
                writer.put("a", Json.of("1"));
                writer.flush();
            }
            assertThat(writer.flush()).isEqualTo(new Flushed(Map.of(0, 20L), 20, 20, 0));
        }
    }

    @Test
    void afterItsDeadlineTheWriterFailsForGoodAndSaysWhere() {
        var streams = new ScriptedStreams((lane, _) -> lane == 1 ? REFUSE : ACCEPT);
        var writer = bench.open(streams, 2, HOPELESS);
        var lanes = new Lanes(2);
        String good = WriterBench.keyOf(lanes, 0);
        String bad = WriterBench.keyOf(lanes, 1);
        writer.put(good, Json.of("1"));
        writer.flush();
        writer.put(bad, Json.of("2"));

        var failure = catchThrowableOfType(WriterFailedException.class, writer::flush);
        assertThat(failure)
                .hasMessageContainingAll(
                        "stream=s",
                        "producer=p",
                        "lane=1",
                        "firstUnacknowledged=1",
                        "tries=",
                        "lastReason=refused: throttled");
        assertThat(failure)
                .extracting(
                        WriterFailedException::producer,
                        WriterFailedException::lane,
                        WriterFailedException::firstUnacknowledged,
                        WriterFailedException::reason)
                .containsExactly("p", 1, 1L, "refused: throttled");
        assertThat(failure.tries())
                .isGreaterThan(1)
                .isEqualTo(streams.requests().size() - 1);
        assertThatExceptionOfType(WriterFailedException.class).isThrownBy(() -> writer.put(good, Json.of("3")));
        assertThatExceptionOfType(WriterFailedException.class)
                .isThrownBy(writer::flush)
                .isNotSameAs(failure);
        assertThatExceptionOfType(WriterFailedException.class).isThrownBy(writer::close);
        assertThatExceptionOfType(WriterFailedException.class).isThrownBy(writer::closed);
        assertThat(writer.accepted()).isEqualTo(Map.of(0, 1L));
    }

    @Test
    void tryWithResourcesShowsAFailureAndSuppressesThatOfClose() {
        var failure = catchThrowableOfType(WriterFailedException.class, () -> {
            try (var writer = bench.open(new ScriptedStreams((_, _) -> REFUSE), 1, HOPELESS)) {
                writer.put("a", Json.of("1"));
                writer.flush();
            }
        });
        assertThat(failure.getSuppressed()).singleElement().isInstanceOf(WriterFailedException.class);
    }

    @Test
    void aFailureReleasesWhoWaitsForRoom() {
        var limits = LAZY.withRetry(Duration.ofMillis(5), Duration.ofMillis(1), Duration.ofMillis(1))
                .withEventBytesMax(1)
                .withBufferedBytesMax(6);
        for (Streams streams : List.of(new ScriptedStreams((_, _) -> REFUSE), new BrokenStreams(_ -> List.of()))) {
            var writer = bench.open(streams, 1, limits);
            writer.put("a", Json.of("1")); // is sent when the next one waits
            assertThatExceptionOfType(WriterFailedException.class).isThrownBy(() -> writer.put("a", Json.of("2")));
            assertThatExceptionOfType(WriterFailedException.class).isThrownBy(writer::close);
        }
    }

    @Test
    void aPortThatBreaksItsContractFailsTheWriter() {
        var bug = new IllegalStateException("bug");
        for (var streams : List.of(new BrokenStreams(_ -> List.of()), new BrokenStreams(_ -> {
            throw bug;
        }))) {
            var writer = bench.open(streams, 1, LIMITS);
            writer.put("a", Json.of("1"));
            assertThatExceptionOfType(WriterFailedException.class)
                    .isThrownBy(writer::flush)
                    .withMessageContainingAll("lane=0", "firstUnacknowledged=1", "tries=1", "lastReason=sender broke")
                    .havingCause()
                    .isInstanceOf(IllegalStateException.class);
            assertThatExceptionOfType(WriterFailedException.class).isThrownBy(writer::close);
        }
    }

    @Test
    void manyThreadsKeepTheirOrderThroughAStreamThatFailsAtRandom() {
        var random = new Random(42);
        var fates = ScriptedStreams.Fate.values();
        var streams = new ScriptedStreams((_, _) -> random.nextBoolean() ? ACCEPT : fates[random.nextInt(4)]);
        int threads = 6;
        int eventsPerThread = 3_000;
        var limits = LIMITS.withRetry(Duration.ofMinutes(5), Duration.ofMillis(1), Duration.ofMillis(2))
                .withSenders(3)
                .withRecord(4_000, 50)
                .withEventBytesMax(100)
                .withBufferedBytesMax(50_000);
        var writer = bench.open(streams, 16, limits);
        var putters = new ArrayList<Thread>();
        for (int t = 0; t < threads; t++) {
            int thread = t;
            putters.add(Thread.ofPlatform().start(() -> {
                for (int i = 0; i < eventsPerThread; i++) {
                    writer.put("key" + i % 50, Json.of("[" + thread + "," + i + "]"));
                }
            }));
        }
        putters.forEach(WriterBench::join);
        writer.close();

        var lanes = Reader.read(streams);
        assertThat(writer.closed().events()).isEqualTo((long) threads * eventsPerThread);
        assertThat(lanes.values().stream().mapToInt(List::size).sum()).isEqualTo(threads * eventsPerThread);
        lanes.forEach((lane, events) -> requirePerThreadOrder(lane, events));
    }

    private static void requirePerThreadOrder(int lane, List<String> events) {
        var last = new HashMap<String, Integer>();
        for (String event : events) {
            String thread = event.substring(1, event.indexOf(','));
            int i = Integer.parseInt(event.substring(event.indexOf(',') + 1, event.length() - 1));
            assertThat(new Lanes(16).of("key" + i % 50)).isEqualTo(lane);
            Integer before = last.put(thread, i);
            assertThat(before == null || before < i)
                    .as("lane %d: %s after %s", lane, event, before)
                    .isTrue();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private record BrokenStreams(Function<List<StreamRecord>, List<PutOutcome>> script) implements Streams {
        @Override
        public List<PutOutcome> put(String stream, List<StreamRecord> records) {
            return script.apply(records);
        }

        @Override
        public List<Shard> shards(String stream) {
            return List.of();
        }
    }
}
