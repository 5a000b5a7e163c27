package dev.weir.local.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.aws.SystemTime;
import dev.weir.local.lambda.FunctionSettings;
import dev.weir.local.lambda.InProcessFunction;
import dev.weir.local.mapping.MappingSettings.Batching;
import dev.weir.local.mapping.MappingSettings.Retrying;
import dev.weir.model.SequenceNumber;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class EventSourceMappingTest {
    private static final Retrying QUICK = Retrying.DEFAULT.backingOff(Duration.ofMillis(1), Duration.ofMillis(5));
    private static final MappingSettings SETTINGS = MappingSettingsTest.SETTINGS.with(QUICK);
    private static final FunctionInvoker HEALTHY = event -> new byte[0];

    private final Shards shards = new Shards();
    private final Events events = new Events();
    private final Positions positions = Positions.inMemory();
    private final ConcurrentLinkedQueue<String> failures = new ConcurrentLinkedQueue<>();

    @TempDir
    Path directory;

    private EventSourceMapping start(MappingSettings settings, FunctionInvoker function, Positions kept) {
        return new EventSourceMapping(
                        settings,
                        shards,
                        function,
                        kept,
                        (discarded, json) -> failures.add(new String(json, StandardCharsets.UTF_8)),
                        events,
                        new SystemTime())
                .start();
    }

    private static Position after(int number) {
        return new Position.After(new SequenceNumber(Integer.toString(number)));
    }

    @Test
    void callsTheFunctionAndKeepsThePosition() throws InterruptedException {
        shards.open("a").put("a", 3);
        try (var mapping = start(SETTINGS, HEALTHY, positions)) {
            events.await("DONE a:1-3");
            shards.put("a", 2);
            events.await("DONE a:4-5");
            mapping.stop(Duration.ofSeconds(10));

            assertThat(mapping.counters()).isEqualTo(new MappingCounters.Snapshot(2, 5, 0, 0, 0, 0));
        }
        assertThat(positions.load()).isEqualTo(Map.of("a", after(5)));
    }

    @Test
    void readsParentsBeforeChildrenThroughASplitOfASplitAndAMerge() throws InterruptedException {
        shards.open("a").put("a", 2).open("b", "a").open("c", "a").put("b", 2).put("c", 2);
        shards.open("d", "b").open("e", "b").put("d", 2).put("e", 2);
        shards.open("f", "e", "c").put("f", 2);
        try (var _ = start(SETTINGS, HEALTHY, positions)) {
            events.await("DONE f:11-12").await("DONE d:7-8");
        }
        List<String> heard = events.heard();
        assertThat(heard)
                .containsSubsequence(
                        "DONE a:1-2", "end a", "start b TRIM_HORIZON", "DONE b:3-4", "end b", "start d TRIM_HORIZON");
        assertThat(heard)
                .containsSubsequence(
                        "DONE a:1-2", "end a", "start c TRIM_HORIZON", "DONE c:5-6", "end c", "start f TRIM_HORIZON");
        assertThat(heard)
                .containsSubsequence(
                        "end b",
                        "start e TRIM_HORIZON",
                        "DONE e:9-10",
                        "end e",
                        "start f TRIM_HORIZON",
                        "DONE f:11-12");
    }

    @Test
    void aFailingParentHoldsItsChildrenBackAndNoOtherShard() throws InterruptedException {
        shards.open("a").open("z").put("a", 1).open("b", "a").put("b", 1).put("z", 1);
        var broken = new CountDownLatch(3);
        FunctionInvoker function = event -> {
            if (new String(event, StandardCharsets.UTF_8).contains("\"a:") && broken.getCount() > 0) {
                broken.countDown();
                throw new FunctionErrorException("Broken", "not yet");
            }
            return new byte[0];
        };
        try (var mapping = start(SETTINGS, function, positions)) {
            events.await("DONE z:3-3").await("DONE b:2-2");
            assertThat(mapping.counters().failures()).isEqualTo(3);
            assertThat(mapping.counters().retries()).isEqualTo(3);
        }
        assertThat(events.heard())
                .containsSubsequence(
                        "RETRIED a:1-1", "RETRIED a:1-1", "RETRIED a:1-1", "DONE a:1-1", "start b TRIM_HORIZON");
    }

    @Test
    void aPoisonedRecordIsIsolatedAndGoesToTheFailureDestination() throws InterruptedException {
        shards.open("a").put("a", 8);
        FunctionInvoker function = event -> {
            if (new String(event, StandardCharsets.UTF_8).contains("\"a:3\"")) {
                throw new FunctionErrorException("Poison", "3");
            }
            return new byte[0];
        };
        try (var mapping = start(SETTINGS.with(QUICK.bisecting().atMost(1)), function, positions)) {
            events.await("DONE a:5-8");
            mapping.stop(Duration.ofSeconds(10));
            assertThat(mapping.counters()).isEqualTo(new MappingCounters.Snapshot(8, 23, 5, 7, 3, 1));
        }
        assertThat(failures)
                .singleElement()
                .asString()
                .contains("\"startSequenceNumber\":\"3\"", "RetryAttemptsExhausted");
        assertThat(positions.load()).isEqualTo(Map.of("a", after(8)));
    }

    @Test
    void aTimeOutIsAFailureAndTheZombieIsNotCalledAgain() throws InterruptedException {
        shards.open("a").put("a", 1);
        var wake = new CountDownLatch(1);
        var handlers = new AtomicInteger();
        var settings = FunctionSettings.of("f", "-").timingOutAfter(Duration.ofMillis(100));
        try (var function = new InProcessFunction(
                        settings,
                        () -> {
                            boolean first = handlers.incrementAndGet() == 1;
                            return (in, out, context) -> {
                                if (first) {
                                    awaitQuietly(wake);
                                }
                            };
                        },
                        line -> {});
                var mapping = start(SETTINGS, function, positions)) {
            events.await("DONE a:1-1");
            assertThat(mapping.counters().failures()).isGreaterThanOrEqualTo(1);
            assertThat(handlers).hasValue(2);
        } finally {
            wake.countDown();
        }
        assertThat(events.heard()).containsSubsequence("call a:1-1", "RETRIED a:1-1", "call a:1-1", "DONE a:1-1");
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void aRestartGoesOnWhereTheLastOneStopped() throws InterruptedException {
        Path file = directory.resolve("positions");
        shards.open("a").put("a", 3);
        try (var _ = start(SETTINGS, HEALTHY, new FilePositions(file))) {
            events.await("DONE a:1-3");
        }
        shards.put("a", 2).open("b", "a").put("b", 1);
        try (var _ = start(SETTINGS, HEALTHY, new FilePositions(file))) {
            events.await("DONE b:6-6");
        }
        assertThat(events.heard())
                .containsSubsequence("start a AFTER_SEQUENCE_NUMBER:3", "DONE a:4-5", "end a", "DONE b:6-6");
        try (var _ = start(SETTINGS, HEALTHY, new FilePositions(file))) {
            shards.put("b", 1);
            events.await("DONE b:7-7");
        }
        assertThat(events.heard())
                .filteredOn(event -> event.startsWith("start a"))
                .hasSize(2);
    }

    @Test
    void latestSkipsWhatWasThereAndReadsLaterShardsWhole() throws InterruptedException {
        shards.open("a").put("a", 3);
        var fixed = new CountDownLatch(2);
        var kept = new Positions() {
            @Override
            public Map<String, Position> load() {
                return positions.load();
            }

            @Override
            public void save(String shardId, Position position) {
                positions.save(shardId, position);
                fixed.countDown();
            }
        };
        try (var _ = start(SETTINGS.startingAt(Position.LATEST), HEALTHY, kept)) {
            assertThat(fixed.await(20, TimeUnit.SECONDS)).isTrue();
            assertThat(positions.load()).isEqualTo(Map.of("a", after(3)));
            shards.put("a", 1).open("b", "a").put("b", 1);
            events.await("DONE b:5-5");
        }
        assertThat(events.heard()).contains("DONE a:4-4").noneMatch(event -> event.startsWith("call a:1"));
    }

    @Test
    void aTimestampBeginsWithWhatArrivedThen() throws InterruptedException {
        shards.open("a").put("a", 5);
        try (var _ = start(SETTINGS.startingAt(new Position.AtTimestamp(4)), HEALTHY, positions)) {
            events.await("DONE a:4-5");
        }
    }

    @Test
    void nothingIsCalledWhilePaused() throws InterruptedException {
        shards.open("a").put("a", 1);
        var calls = new Semaphore(0);
        var finish = new Semaphore(0);
        FunctionInvoker function = event -> {
            calls.release();
            finish.acquireUninterruptibly();
            return new byte[0];
        };
        try (var mapping = start(SETTINGS, function, positions)) {
            assertThat(calls.tryAcquire(20, TimeUnit.SECONDS)).isTrue();
            mapping.pause();
            assertThat(mapping.awaitQuiet(Duration.ZERO)).isFalse();
            finish.release(2);
            assertThat(mapping.awaitQuiet(Duration.ofSeconds(20))).isTrue();
            shards.put("a", 1);
            shards.awaitRead(2);
            // gives a call that should not be the time to happen; a slow machine cannot make this fail
            assertThat(calls.tryAcquire(100, TimeUnit.MILLISECONDS)).isFalse();
            assertThat(positions.load()).isEqualTo(Map.of("a", after(1)));
            mapping.resume();
            events.await("DONE a:2-2");
        }
    }

    @Test
    void stopLetsARunningInvocationFinish() throws InterruptedException {
        shards.open("a").put("a", 1);
        var called = new CountDownLatch(1);
        var finish = new CountDownLatch(1);
        FunctionInvoker function = event -> {
            called.countDown();
            awaitQuietly(finish);
            return new byte[0];
        };
        var mapping = start(SETTINGS, function, positions);
        assertThat(called.await(20, TimeUnit.SECONDS)).isTrue();
        Thread stopping = Thread.ofVirtual().start(() -> mapping.stop(Duration.ofSeconds(20)));
        finish.countDown();
        stopping.join();

        assertThat(positions.load()).isEqualTo(Map.of("a", after(1)));
    }

    @Test
    void stopAbandonsWhatIsOverTheTimeAndItComesAgain() throws InterruptedException {
        shards.open("a").put("a", 1);
        var called = new CountDownLatch(1);
        FunctionInvoker function = event -> {
            called.countDown();
            awaitQuietly(new CountDownLatch(1));
            throw new FunctionErrorException("Interrupted", "by the test");
        };
        var mapping = start(SETTINGS.with(QUICK.atMost(0)), function, positions);
        assertThat(called.await(20, TimeUnit.SECONDS)).isTrue();

        assertThat(mapping.stop(Duration.ofMillis(10))).isFalse();
        assertThat(positions.load()).isEqualTo(Map.of("a", Position.TRIM_HORIZON));
        assertThat(failures).isEmpty();
    }

    @Test
    void aFailureDestinationThatThrowsIsAskedAgain() throws InterruptedException {
        shards.open("a").put("a", 2);
        var refusals = new Semaphore(2);
        FailureDestination destination = (discarded, json) -> {
            if (refusals.tryAcquire()) {
                throw new IllegalStateException("full");
            }
        };
        FunctionInvoker function = event -> {
            throw new FunctionErrorException("Broken", "always");
        };
        var settings = SETTINGS.with(QUICK.atMost(0)).with(new Batching(1, Duration.ZERO));
        try (var _ = new EventSourceMapping(
                        settings, shards, function, positions, destination, events, new SystemTime())
                .start()) {
            events.await("discard a:2-2 RETRY_ATTEMPTS_EXHAUSTED");
        }
        assertThat(events.heard())
                .containsSubsequence("trouble a full", "trouble a full", "discard a:1-1 RETRY_ATTEMPTS_EXHAUSTED");
    }
}
