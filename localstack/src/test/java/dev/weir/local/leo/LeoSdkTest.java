package dev.weir.local.leo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weir.cron.Checkpoint;
import dev.weir.cron.Controls;
import dev.weir.cron.CronRow;
import dev.weir.cron.Registration;
import dev.weir.functions.Wiring;
import dev.weir.local.up.Up;
import dev.weir.local.up.UpOptions;
import dev.weir.model.Json;
import dev.weir.port.StreamRecord;
import dev.weir.queue.EventReader;
import dev.weir.queue.Position;
import dev.weir.queue.QueueEvent;
import dev.weir.queue.QueueName;
import dev.weir.queue.QueueTables;
import dev.weir.queue.ReadLimits;
import dev.weir.queue.SnapshotOutcome;
import dev.weir.queue.SnapshotWriter;
import dev.weir.writer.Producer;
import dev.weir.writer.StreamWriter;
import dev.weir.writer.WriterLimits;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The real client of RStreams, leo-sdk 6.0.18 from npm and unmodified, on a bus that is up. Skipped, with the reason, without npm. */
@Timeout(300)
class LeoSdkTest {
    private static final Duration POLL = Duration.ofMillis(50);
    private static final Duration READABLE_MAX = Duration.ofSeconds(60);
    private static final int LARGE_BYTES = 700 * 1024;
    private static final String ALL = "{\"start\":\"z/\"}";
    private static final ObjectMapper JSON = new ObjectMapper();

    private static Up up;
    private static LeoSdk leo;

    @BeforeAll
    static void start() throws Exception {
        Optional<String> missing = LeoSdk.install(LeoSdk.folder());
        assumeTrue(missing.isEmpty(), () -> missing.orElse(""));
        up = Up.start(UpOptions.defaults());
        leo = LeoSdk.on(LeoSdk.folder(), up.address(), up.connection());
    }

    @AfterAll
    static void stop() {
        if (up != null) {
            up.close();
        }
    }

    @Test
    void readsBackWhatItPut() throws Exception {
        leo.run("put", "leo-writer", "leo-put", "{\"hello\":\"w\u00f6rld\"}");
        awaitEvents("leo-put", 1);

        List<JsonNode> read = leo.run("read", "leo-reader", "leo-put", ALL);

        assertThat(read).singleElement().satisfies(event -> {
            assertThat(event.path("id").asText()).isEqualTo("leo-writer");
            assertThat(event.path("event").asText()).isEqualTo("leo-put");
            assertThat(event.path("eid").asText()).matches("z/\\d{4}/\\d\\d/\\d\\d/\\d\\d/\\d\\d/\\d{13}-\\d{7}");
            assertThat(event.path("payload")).isEqualTo(JSON.readTree("{\"hello\":\"w\u00f6rld\"}"));
        });
    }

    @Test
    void readsBackWhatItLoadedInItsOrderOnce() throws Exception {
        leo.run("load", "leo-writer", "leo-load", "2500", "{}");
        awaitEvents("leo-load", 2_500);

        List<JsonNode> read = leo.run("read", "leo-reader", "leo-load", ALL);

        assertThat(numbers(payloads(read))).isEqualTo(upTo(2_500));
        assertThat(texts(read, "eid")).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void readsBackWhatItLoadedThroughS3() throws Exception {
        leo.run("load", "leo-writer", "leo-s3", "3000", "{\"useS3\":true}");
        awaitEvents("leo-s3", 3_000);

        List<JsonNode> read = leo.run("read", "leo-reader", "leo-s3", ALL);

        assertThat(numbers(payloads(read))).isEqualTo(upTo(3_000));
        assertThat(texts(read, "eid")).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void readsBackAnEventThatFitsIntoNoRecord() throws Exception {
        leo.run("large", "leo-writer", "leo-large", Integer.toString(LARGE_BYTES));
        awaitEvents("leo-large", 1);

        List<JsonNode> read = leo.run("read", "leo-reader", "leo-large", ALL);
        QueueEvent ours = all("leo-large").getFirst();

        assertThat(read).singleElement().satisfies(event -> {
            assertThat(event.path("payload").path("noise").asText()).hasSize(LARGE_BYTES);
            assertThat(JSON.readTree(ours.payload().toBytes())).isEqualTo(event.path("payload"));
        });
    }

    @Test
    void javaReadsTheSameEventsUnderTheSameIds() throws Exception {
        leo.run("load", "leo-writer", "leo-both", "300", "{}");
        awaitEvents("leo-both", 300);

        List<JsonNode> theirs = leo.run("read", "leo-reader", "leo-both", ALL);
        List<QueueEvent> ours = all("leo-both");

        assertThat(ours).extracting(QueueEvent::eid).isEqualTo(texts(theirs, "eid"));
        for (int i = 0; i < ours.size(); i++) {
            assertThat(JSON.readTree(ours.get(i).resolved().toBytes()))
                    .as("event " + i)
                    .isEqualTo(theirs.get(i));
        }
    }

    @Test
    void offloadsEachEventOnce() throws Exception {
        leo.run("load", "leo-writer", "leo-offload", "500", "{}");
        awaitEvents("leo-offload", 500);

        List<JsonNode> first = leo.run("offload", "leo-offloader", "leo-offload", ALL);
        List<JsonNode> second = leo.run("offload", "leo-offloader", "leo-offload", "{}");

        assertThat(numbers(first)).isEqualTo(upTo(500));
        assertThat(second).isEmpty();
    }

    @Test
    void enrichesIntoAnotherQueueWithWhereItCameFrom() throws Exception {
        leo.run("load", "leo-writer", "leo-raw", "200", "{}");
        awaitEvents("leo-raw", 200);

        List<JsonNode> taken = leo.run("enrich", "leo-enricher", "leo-raw", "leo-rich");
        awaitEvents("leo-rich", 200);
        List<JsonNode> again = leo.run("enrich", "leo-enricher", "leo-raw", "leo-rich");
        List<JsonNode> rich = leo.run("read", "leo-reader", "leo-rich", ALL);

        assertThat(numbers(taken)).isEqualTo(upTo(200));
        assertThat(again).isEmpty();
        assertThat(numbers(payloads(rich))).isEqualTo(upTo(200));
        assertThat(payloads(rich)).allMatch(payload -> payload.path("enriched").asBoolean());
        List<String> sources = all("leo-raw").stream().map(QueueEvent::eid).toList();
        assertThat(rich)
                .extracting(event -> event.path("correlation_id").path("start").asText())
                .isEqualTo(sources);
        assertThat(rich)
                .allMatch(event ->
                        event.path("correlation_id").path("source").asText().equals("leo-raw"));
    }

    @Test
    void readsWhatABotOfOursDecided() throws Exception {
        List<String> transfers = IntStream.range(0, 100)
                .mapToObj("{\"source\":\"sweep\",\"target\":\"account-%d\",\"amount\":1.25}"::formatted)
                .toList();
        List<StreamRecord> records = transfers.stream()
                .map(line -> new StreamRecord("sweep", null, line.getBytes(StandardCharsets.UTF_8)))
                .toList();
        up.connection().wiring().streams().put(up.connection().bus().stream("transfers"), records);
        awaitEvents("transfers.decided", 100);

        List<JsonNode> read = leo.run("read", "leo-reader", "transfers.decided", ALL);
        List<JsonNode> taken = leo.run("offload", "leo-auditor", "transfers.decided", ALL);

        assertThat(payloads(read))
                .extracting(payload -> payload.path("target").asText())
                .isEqualTo(IntStream.range(0, 100)
                        .mapToObj("account-%d"::formatted)
                        .toList());
        assertThat(payloads(read))
                .allMatch(payload -> payload.path("outcome").asText().equals("approve"));
        assertThat(taken).isEqualTo(payloads(read));
        assertThat(leo.run("offload", "leo-auditor", "transfers.decided", "{}")).isEmpty();
    }

    @Test
    void readsOnFromACheckpointOfOursAndWeFromIts() throws Exception {
        leo.run("load", "leo-writer", "leo-shared", "100", "{}");
        awaitEvents("leo-shared", 100);
        List<String> ids = all("leo-shared").stream().map(QueueEvent::eid).toList();
        QueueName queue = QueueName.of("leo-shared");
        QueueName another = QueueName.of("another");
        Controls controls = up.connection().controls();
        controls.register(new Registration(
                "shared", Optional.empty(), List.of(queue), Optional.empty(), Optional.empty(), "of both"));
        controls.checkpoint("shared", queue, ids.get(39));
        controls.checkpoint("shared", another, "z/2026/01/01/");

        List<JsonNode> rest = leo.run("offload", "shared", "leo-shared", "{}");

        assertThat(numbers(rest)).isEqualTo(upTo(100).subList(40, 100));
        CronRow row = up.connection().rows().find("shared").orElseThrow();
        assertThat(row.read(queue)).map(Checkpoint::eid).hasValue(ids.get(99));
        assertThat(row.read(queue)).map(Checkpoint::records).hasValue(60L);
        assertThat(row.read(another)).map(Checkpoint::eid).hasValue("z/2026/01/01/");
        assertThat(row.triggers()).containsExactly(queue);
        assertThat(row.item().text("description")).isEqualTo("of both");

        controls.checkpoint("shared", queue, ids.get(89));

        assertThat(numbers(leo.run("offload", "shared", "leo-shared", "{}")))
                .isEqualTo(upTo(100).subList(90, 100));
    }

    @Test
    void readsASnapshotOfOursAndGoesOnBehindIt() throws Exception {
        leo.run("load", "leo-writer", "leo-snapped", "10", "{}");
        awaitEvents("leo-snapped", 10);
        SnapshotOutcome outcome = snapshot(
                "leo-snapped", List.of(Json.of("{\"i\":100}"), Json.of("{\"i\":101}"), Json.of("{\"i\":102}")));
        leo.run("load", "leo-writer", "leo-snapped", "5", "{}");
        awaitSnapshot("leo-snapped", 3 + 5);

        List<JsonNode> read = leo.run("read", "leo-late", "leo-snapped", ALL);

        assertThat(outcome).isInstanceOf(SnapshotOutcome.Written.class);
        assertThat(numbers(payloads(read))).containsExactly(100, 101, 102, 0, 1, 2, 3, 4);
        assertThat(read)
                .extracting(event -> event.path("eid").asText())
                .isEqualTo(all("leo-snapped").stream().map(QueueEvent::eid).toList());
    }

    private static SnapshotOutcome snapshot(String queue, List<Json> payloads) {
        QueueTables tables = up.connection().bus().queueTables();
        Wiring wiring = up.connection().wiring();
        String producer = "snapshot-of-" + queue;
        try (StreamWriter stream = StreamWriter.open(
                wiring.streams(),
                Producer.fresh(producer, tables.stream(), tables.lanes()),
                wiring.time(),
                RandomGenerator.getDefault(),
                Thread.ofVirtual().factory(),
                WriterLimits.DEFAULTS)) {
            return new SnapshotWriter(
                            tables,
                            producer,
                            stream::put,
                            up.connection().items(),
                            up.connection().objects(),
                            wiring.time())
                    .write("keeper", QueueName.of(queue), payloads::iterator);
        }
    }

    @Test
    void whatItWroteIsInItsRow() throws Exception {
        leo.run("load", "leo-author", "leo-authored", "250", "{}");
        awaitEvents("leo-authored", 250);
        QueueName queue = QueueName.of("leo-authored");

        CronRow row = up.connection().rows().find("leo-author").orElseThrow();

        assertThat(row.write(queue))
                .map(Checkpoint::eid)
                .hasValue(all("leo-authored").getLast().eid());
    }

    // ------------------------------------------------------------------ reading

    private static List<QueueEvent> all(String queue) {
        EventReader reader = up.connection().queues().readerOfAll(QueueName.of(queue), Position.beginning());
        List<QueueEvent> events = new ArrayList<>();
        for (boolean isEnd = false; !isEnd; ) {
            var page = reader.next(ReadLimits.DEFAULTS).orThrow();
            events.addAll(page.events());
            isEnd = page.isEnd();
        }
        return events;
    }

    /** Reading from the beginning gives fewer events when there is a snapshot. */
    private static void awaitSnapshot(String queue, int count) {
        var time = up.connection().wiring().time();
        long endMillis = time.epochMillis() + READABLE_MAX.toMillis();
        while (all(queue).size() != count) {
            assertThat(time.epochMillis())
                    .as("%s has %d events instead of %d", queue, all(queue).size(), count)
                    .isLessThan(endMillis);
            time.pause(POLL);
        }
    }

    private static void awaitEvents(String queue, int count) {
        var time = up.connection().wiring().time();
        long endMillis = time.epochMillis() + READABLE_MAX.toMillis();
        while (all(queue).size() < count) {
            assertThat(time.epochMillis())
                    .as("%s has %d of %d events", queue, all(queue).size(), count)
                    .isLessThan(endMillis);
            time.pause(POLL);
        }
    }

    private static List<JsonNode> payloads(List<JsonNode> events) {
        return events.stream().map(event -> event.path("payload")).toList();
    }

    private static List<String> texts(List<JsonNode> events, String field) {
        return events.stream().map(event -> event.path(field).asText()).toList();
    }

    private static List<Integer> numbers(List<JsonNode> payloads) {
        return payloads.stream().map(payload -> payload.path("i").asInt(-1)).toList();
    }

    private static List<Integer> upTo(int count) {
        return IntStream.range(0, count).boxed().toList();
    }
}
