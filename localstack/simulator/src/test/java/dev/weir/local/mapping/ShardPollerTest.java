package dev.weir.local.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weir.local.mapping.MappingSettings.Batching;
import dev.weir.local.mapping.MappingSettings.Retrying;
import dev.weir.model.Record;
import dev.weir.model.SequenceNumber;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ShardPollerTest {
    private static final MappingSettings SETTINGS = MappingSettingsTest.SETTINGS;
    private static final Retrying RETRY = Retrying.DEFAULT;

    /**
     * Eight records, one batch. {@code 1-8!} is a batch that failed, {@code 1-8?3} one whose answer named record 3, {@code 1-8} one that is
     * done; {@code +100} a pause in ms, {@code x3-3/2} a discard after two invocations.
     */
    static Stream<Arguments> cases() {
        return Stream.of(
                row("nothing fails", RETRY, PollerRun.healthy(), "1-8"),
                row("a failed batch is retried whole", RETRY, PollerRun.failing(2), "1-8! +100 1-8! +200 1-8"),
                row("the pause grows", RETRY, PollerRun.failing(4), "1-8! +100 1-8! +200 1-8! +400 1-8! +800 1-8"),
                row("no retries", RETRY.atMost(0), PollerRun.poisoned(5), "1-8! x1-8/1"),
                row("retries exhausted", RETRY.atMost(2), PollerRun.poisoned(5), "1-8! +100 1-8! +200 1-8! x1-8/3"),
                row(
                        "bisect down to the poisoned record",
                        RETRY.bisecting().atMost(0),
                        PollerRun.poisoned(3),
                        "1-8! 1-4! 1-2 3-4! 3-3! x3-3/4 4-4 5-8"),
                row(
                        "bisect with the first record poisoned",
                        RETRY.bisecting().atMost(0),
                        PollerRun.poisoned(1),
                        "1-8! 1-4! 1-2! 1-1! x1-1/4 2-2 3-4 5-8"),
                row(
                        "bisect with the last record poisoned",
                        RETRY.bisecting().atMost(0),
                        PollerRun.poisoned(8),
                        "1-8! 1-4 5-8! 5-6 7-8! 7-7 8-8! x8-8/4"),
                row(
                        "a split costs no retry",
                        RETRY.bisecting().atMost(1),
                        PollerRun.poisoned(8),
                        "1-8! 1-4 5-8! 5-6 7-8! 7-7 8-8! +100 8-8! x8-8/5"),
                row(
                        "bisect with two poisoned records",
                        RETRY.bisecting().atMost(0),
                        PollerRun.poisoned(2, 7),
                        "1-8! 1-4! 1-2! 1-1 2-2! x2-2/4 3-4 5-8! 5-6 7-8! 7-7! x7-7/4 8-8"),
                row("an answer is not read unless asked to", RETRY, PollerRun.reporting(3), "1-8"),
                row(
                        "what is before the named record is done, the rest retried",
                        RETRY.reporting(),
                        PollerRun.reportingOnce(3),
                        "1-8?3 +100 3-8"),
                row(
                        "partial answers use up retries",
                        RETRY.reporting().atMost(1),
                        PollerRun.reporting(3, 6),
                        "1-8?3 +100 3-8! x3-8/2"),
                row(
                        "partial answers move on",
                        RETRY.reporting().atMost(2),
                        PollerRun.reportingOnce(3, 6),
                        "1-8?3 +100 3-8?6 +200 6-8"),
                row(
                        "the first record named is the whole batch failed",
                        RETRY.reporting().atMost(0),
                        PollerRun.reporting(1),
                        "1-8! x1-8/1"),
                row(
                        "bisect cuts at the named record, then halves",
                        RETRY.reporting().bisecting().atMost(0),
                        PollerRun.reporting(3),
                        "1-8?3 3-8! 3-5! 3-3! x3-3/4 4-5 6-8"),
                row(
                        "the cut at the named record costs no retry",
                        RETRY.reporting().bisecting().atMost(1),
                        PollerRun.reporting(3),
                        "1-8?3 3-8! 3-5! 3-3! +100 3-3! x3-3/5 4-5 6-8"),
                row(
                        "bisect of an exception ignores answers",
                        RETRY.reporting().bisecting().atMost(0),
                        PollerRun.poisoned(2),
                        "1-8! 1-4! 1-2! 1-1 2-2! x2-2/4 3-4 5-8"),
                row(
                        "a malformed answer is a failed batch",
                        RETRY.reporting().atMost(1),
                        PollerRun.answering("nonsense"),
                        "1-8! +100 1-8! x1-8/2"),
                row(
                        "a function that cannot be called costs no retry",
                        RETRY.atMost(0),
                        PollerRun.unreachable(2),
                        "1-8~ +100 1-8~ +200 1-8"));
    }

    private static Arguments row(String name, Retrying retrying, PollerRun.Function function, String expected) {
        return Arguments.of(Named.of(name, SETTINGS.with(retrying)), function, expected);
    }

    @ParameterizedTest(name = "{0}: {2}")
    @MethodSource("cases")
    void failuresAreHandledAsDocumented(MappingSettings settings, PollerRun.Function function, String expected) {
        var run = new PollerRun(settings, function);

        assertThat(run.through(Shards.records(1, 8))).isEqualTo(expected);
        assertThat(run.donePositions()).isSorted().endsWith(8L);
        assertThat(run.poller().done()).isEqualTo(Position.END);
    }

    @Test
    void batchesHoldAtMostTheirSize() {
        var run = new PollerRun(SETTINGS.with(new Batching(3, Duration.ZERO)), PollerRun.healthy());

        assertThat(run.through(Shards.records(1, 8))).isEqualTo("1-3 4-6 7-8");
    }

    @Test
    void aRecordTooOldIsDiscardedBeforeItIsTried() {
        List<Record> records =
                List.of(Shards.record("s", 1, 0), Shards.record("s", 2, 999), Shards.record("s", 3, 1_000));
        var run = new PollerRun(SETTINGS.with(RETRY.upToAgeSeconds(60)), PollerRun.healthy());
        run.at(61_000);

        assertThat(run.through(records)).isEqualTo("x1-2/0 3-3");
        assertThat(run.conditions()).containsExactly("RecordAgeExceeded");
    }

    @Test
    void aRecordGrowsTooOldWhileItIsRetried() {
        List<Record> records = List.of(Shards.record("s", 1, 0), Shards.record("s", 2, 500));
        var run = new PollerRun(SETTINGS.with(RETRY.upToAgeSeconds(60)), PollerRun.failing(9));
        run.at(59_750);

        assertThat(run.through(records)).isEqualTo("1-2! +100 1-2! +200 x1-1/2 2-2! +400 2-2! +800 x2-2/4");
        assertThat(run.conditions()).containsOnly("RecordAgeExceeded");
    }

    @Test
    void anEventIsCutAtThePayloadLimitToTheByte() {
        var json = new EventJson(SETTINGS);
        Record one = sized(1, 900_000);
        int room = MappingSettings.EVENT_BYTES_MAX - EventJson.FRAME_BYTES - 4 * json.sizeOf(one) - 4;
        int left = room - json.sizeOf(sized(5, 0, "k"));
        // base64 grows by four bytes, the key by one
        String key = "k".repeat(1 + left % 4);
        int fits = left / 4 * 3;
        List<Record> head =
                IntStream.rangeClosed(1, 4).mapToObj(i -> sized(i, 900_000)).toList();
        var exact = new PollerRun(SETTINGS, PollerRun.healthy());

        assertThat(exact.through(with(head, sized(5, fits, key)))).isEqualTo("1-5");
        assertThat(exact.largestEvent()).isEqualTo(MappingSettings.EVENT_BYTES_MAX);
        assertThat(new PollerRun(SETTINGS, PollerRun.healthy()).through(with(head, sized(5, fits, key + "k"))))
                .isEqualTo("1-4 5-5");
    }

    @Test
    void aRecordThatIsTooLargeAloneIsDiscardedAndTheOthersGoOn() {
        List<Record> records = List.of(sized(1, 10), sized(2, 5_000_000), sized(3, 10));
        var run = new PollerRun(SETTINGS, PollerRun.healthy());

        assertThat(run.through(records)).isEqualTo("1-1 x2-2/0 3-3");
        assertThat(run.conditions()).containsExactly("RecordTooLarge");
    }

    private static Record sized(int number, int bytes) {
        return sized(number, bytes, "k");
    }

    private static Record sized(int number, int bytes, String key) {
        return new Record("s", new SequenceNumber(Integer.toString(number)), key, 0, new byte[bytes]);
    }

    private static List<Record> with(List<Record> head, Record last) {
        var all = new ArrayList<>(head);
        all.add(last);
        return all;
    }

    @Test
    void aBatchWaitsForItsWindowAndNoLonger() {
        var poller = new ShardPoller(SETTINGS.with(new Batching(5, Duration.ofSeconds(10))), Position.TRIM_HORIZON);
        assertThat(poller.next(0)).isInstanceOfSatisfying(Next.Fetch.class, fetch -> {
            assertThat(fetch.recordsMax()).isEqualTo(5);
            assertThat(fetch.wakeAtMillis()).isEmpty();
        });
        poller.fetched(read(Shards.records(1, 2)), 1_000);
        assertThat(poller.next(1_000)).isInstanceOfSatisfying(Next.Fetch.class, fetch -> {
            assertThat(fetch.recordsMax()).isEqualTo(3);
            assertThat(fetch.wakeAtMillis()).hasValue(11_000);
        });
        poller.fetched(read(Shards.records(3, 3)), 9_000);
        assertThat(poller.next(10_999)).isInstanceOf(Next.Fetch.class);
        assertThat(poller.next(11_000)).isInstanceOfSatisfying(Next.Invoke.class, invoke -> assertThat(
                        invoke.batch().size())
                .isEqualTo(3));
    }

    @Test
    void aFullBatchDoesNotWaitForItsWindow() {
        var poller = new ShardPoller(SETTINGS.with(new Batching(3, Duration.ofSeconds(10))), Position.TRIM_HORIZON);
        poller.fetched(read(Shards.records(1, 3)), 0);

        assertThat(poller.next(0)).isInstanceOf(Next.Invoke.class);
    }

    @Test
    void nothingElseHappensWhileTheFunctionHasABatch() {
        var poller = new ShardPoller(SETTINGS, Position.TRIM_HORIZON);
        poller.fetched(read(Shards.records(1, 3)), 0);
        poller.next(0);

        assertThat(poller.next(1_000_000)).isEqualTo(new Next.AwaitAnswer());
        assertThat(poller.done()).isEqualTo(Position.TRIM_HORIZON);
    }

    @Test
    void aStartAtTheLatestRecordIsFixedByTheFirstRead() {
        var poller = new ShardPoller(SETTINGS, Position.LATEST);
        poller.fetched(new ShardSource.Read(List.of(), new Position.AtTimestamp(7), false), 0);

        assertThat(poller.done()).isEqualTo(new Position.AtTimestamp(7));
    }

    @Test
    void aStartAtTheLatestRecordIsFixedByWhatTheFirstReadFound() {
        var poller = new ShardPoller(SETTINGS, Position.LATEST);
        poller.fetched(read(List.of(Shards.record("s", 5, 70), Shards.record("s", 6, 80))), 100);

        assertThat(poller.done()).isEqualTo(new Position.AtTimestamp(70));
    }

    @Test
    void theFailureDestinationGetsWhatTheDocumentationShows() throws IOException {
        var run = new PollerRun(SETTINGS.with(RETRY.atMost(1)), PollerRun.poisoned(2));
        run.through(List.of(
                Shards.record("shardId-000000000001", 1, 1_573_691_884_835L),
                Shards.record("shardId-000000000001", 2, 1_573_691_885_580L)));

        JsonNode json = new ObjectMapper().readTree(run.discards().getFirst().toJson(1_573_691_886_021L));
        assertThat(json.path("requestContext").path("functionArn").asText()).isEqualTo(SETTINGS.functionArn());
        assertThat(json.path("requestContext").path("condition").asText()).isEqualTo("RetryAttemptsExhausted");
        assertThat(json.path("requestContext").path("approximateInvokeCount").asInt())
                .isEqualTo(2);
        assertThat(json.path("responseContext").path("functionError").asText()).isEqualTo("Unhandled");
        assertThat(json.path("version").asText()).isEqualTo("1.0");
        assertThat(json.path("timestamp").asText()).isEqualTo("2019-11-14T00:38:06.021Z");
        JsonNode info = json.path("KinesisBatchInfo");
        assertThat(info.path("shardId").asText()).isEqualTo("shardId-000000000001");
        assertThat(info.path("startSequenceNumber").asText()).isEqualTo("1");
        assertThat(info.path("endSequenceNumber").asText()).isEqualTo("2");
        assertThat(info.path("approximateArrivalOfFirstRecord").asText()).isEqualTo("2019-11-14T00:38:04.835Z");
        assertThat(info.path("approximateArrivalOfLastRecord").asText()).isEqualTo("2019-11-14T00:38:05.580Z");
        assertThat(info.path("batchSize").asInt()).isEqualTo(2);
        assertThat(info.path("streamArn").asText()).isEqualTo(SETTINGS.streamArn());
        JsonNode payload = new ObjectMapper().readTree(json.path("payload").asText());
        assertThat(payload.path("Records")).hasSize(2);
    }

    private static ShardSource.Read read(List<Record> records) {
        return new ShardSource.Read(
                records, new Position.After(records.getLast().sequenceNumber()), false);
    }
}
