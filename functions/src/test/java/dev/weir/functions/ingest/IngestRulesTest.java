package dev.weir.functions.ingest;

import static dev.weir.functions.ingest.IngestWorld.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.model.Eid;
import dev.weir.model.Json;
import dev.weir.model.Record;
import dev.weir.port.Attribute;
import dev.weir.port.Item;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of a line: names, times, fields, pointers; and the records that leo-sdk really sent. */
class IngestRulesTest {
    private static final long ARRIVAL = NOW - 50;

    private final IngestWorld world = new IngestWorld();

    @ParameterizedTest
    @CsvSource({
        "\"orders\", orders, queue:orders",
        "\"queue:orders\", orders, queue:orders",
        "\"Queue:orders\", orders, queue:orders",
        "\"system:shop\", system.shop, system:shop",
        "\"system:system.shop\", system.shop, system:system.shop",
        "\"bot:ledger\", bot.ledger, bot:ledger",
        "\"s_orders\", orders, queue:orders",
        "\"e_orders\", orders, queue:orders",
        "\"b_s_orders\", s_orders, queue:s_orders",
        "\"queue:s_orders\", s_orders, queue:s_orders",
        "\"orders.s_1\", orders.s_1, queue:orders.s_1",
        "'{\"type\":\"queue\",\"id\":\"s_orders\"}', s_orders, queue:s_orders",
        "'{\"type\":\"queue\",\"id\":\"bot.big.error\"}', bot.big.error, queue:bot.big.error",
        "'{\"id\":\"system:shop\"}', system.shop, system:shop"
    })
    void aQueueIsStoredWhereReadersLookForIt(String event, String queue, String ref) {
        world.copy().take(world.gzip("a", "{\"id\":\"bot\",\"event\":" + event + ",\"payload\":1}"));
        assertThat(world.payloads(queue)).containsExactly("1");
        assertThat(world.checkpoint("bot", ref)).containsEntry("checkpoint", Attribute.of(world.maxEid(queue)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"\"\"", "\"queue:\"", "7", "[]", "{}", "null", "\"orders/_archive\"", "\"orders/_snapshot\""})
    void aNameThatIsNoneIsParked(String event) {
        world.copy().take(world.gzip("a", "{\"id\":\"bot\",\"event\":" + event + ",\"payload\":1}"));
        assertThat(world.parked("a")).hasSize(1);
        assertThat(world.items.scan(world.bus.heads()))
                .extracting(head -> head.key().partition())
                .allMatch(queue -> queue.startsWith("ingest.parked"));
    }

    @Test
    void namesThatAreTooLongAreParkedAndOthersAreNot() {
        String longest = "q".repeat(Names.BYTES_MAX);
        world.copy()
                .take(world.gzip(
                        "a",
                        IngestWorld.line("b".repeat(Names.BYTES_MAX), longest, 1),
                        IngestWorld.line("bot", longest + "q", 2),
                        IngestWorld.line("b".repeat(Names.BYTES_MAX + 1), "orders", 3)));
        assertThat(world.payloads(longest)).containsExactly("1");
        assertThat(world.parked("a")).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({
        "1700000000000, 1700000000000",
        "1700000000000.9, 1700000000000",
        "\"2023-11-14T22:13:20Z\", 1700000000000",
        "\"2023-11-14T22:13:20.5+00:00\", 1700000000500",
        "\"2023-11-14T23:13:20+0100\", 1700000000000",
        "\"2023-11-14 22:13:20\", 1700000000000",
        "\"2023-11-14\", 1699920000000",
        "\"1700000000000\", 1700000000000"
    })
    void aSourceTimestampBecomesANumber(String sent, long millis) {
        assertThat(stored(
                        "{\"id\":\"bot\",\"event\":\"orders\",\"payload\":1,\"timestamp\":5,\"event_source_timestamp\":"
                                + sent + "}"))
                .as("sent=%s", sent)
                .isEqualTo("{\"id\":\"bot\",\"event\":\"orders\",\"payload\":1,\"event_source_timestamp\":" + millis
                        + ",\"timestamp\":5,\"eid\":0}");
    }

    @Test
    void missingTimesAreThatOfArrivalAlsoWhenTheLineIsDeliveredAgain() {
        Record record = world.plain("a", "{\"id\":\"bot\",\"event\":\"orders\",\"payload\":{\"a\":\"é✓\"}}");
        IngestWorld.Copy dies = world.copy(NOW, new FlakyItems(world.items) {
            {
                failsAtCall(2);
            }
        });
        assertThat(dies.process(List.of(record))).isPresent();
        world.copy(NOW + 99_000).take(record);
        assertThat(world.reader("orders").read().seen.getFirst().line())
                .isEqualTo("{\"id\":\"bot\",\"event\":\"orders\",\"payload\":{\"a\":\"é✓\"},\"event_source_timestamp\":"
                        + ARRIVAL + ",\"timestamp\":" + ARRIVAL + ",\"eid\":0}");
    }

    @Test
    void aSourceTimestampThatIsNoTimeIsKeptUnderAnotherName() {
        assertThat(stored("{\"id\":\"bot\",\"event\":\"orders\",\"event_source_timestamp\":\"soon\",\"timestamp\":5}"))
                .isEqualTo(
                        "{\"event_source_timestamp_as_sent\":\"soon\",\"id\":\"bot\",\"event\":\"orders\",\"timestamp\":5,"
                                + "\"event_source_timestamp\":5,\"eid\":0}");
    }

    @Test
    void everyOtherFieldIsKeptAsItWasWritten() {
        assertThat(
                        stored(
                                "{ \"schema\" : [1, 2.50],\"a\\u0022b\":null,\"correlation_id\":{\"source\":\"q\",\"start\":\"z/1\"},\"units\":3,"
                                        + "\"id\":\"bot\",\"event\":\"orders\",\"payload\":{\"deep\":[{}]},\"eid\":17,\"timestamp\":5,\"event_source_timestamp\":4}"))
                .isEqualTo(
                        "{\"schema\":[1, 2.50],\"a\\\"b\":null,\"correlation_id\":{\"source\":\"q\",\"start\":\"z/1\"},\"units\":3,"
                                + "\"id\":\"bot\",\"event\":\"orders\",\"payload\":{\"deep\":[{}]},\"event_source_timestamp\":4,\"timestamp\":5,\"eid\":0}");
        assertThat(world.checkpoint("bot", "queue:orders")).containsEntry("records", Attribute.of(3));
    }

    private String stored(String line) {
        world.copy().take(world.gzip("a", line));
        return world.reader("orders").read().seen.getFirst().line();
    }

    @Test
    void aLineOverSeveralLinesBecomesOne() {
        world.copy().take(world.plain("a", "{\"id\":\"bot\",\"event\":\"orders\",\n\"payload\":{\n\"a\":\r\n1}}"));
        assertThat(world.payloads("orders")).containsExactly("{ \"a\":  1}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"s3\":{\"bucket\":\"b\"},\"records\":1,\"gzipSize\":1,\"size\":1",
                "\"s3\":{\"bucket\":\"b\",\"key\":\"k\"},\"gzipSize\":1,\"size\":1",
                "\"s3\":{\"bucket\":\"b\",\"key\":\"k\"},\"records\":0,\"gzipSize\":1,\"size\":1",
                "\"s3\":{\"bucket\":\"b\",\"key\":\"k\"},\"records\":10000001,\"gzipSize\":1,\"size\":1",
                "\"s3\":{\"bucket\":\"b\",\"key\":\"k\"},\"records\":3,\"gzipSize\":1,\"size\":1,\"offsets\":[7]",
                "\"s3\":{\"bucket\":\"b\",\"key\":\"k\"},\"records\":3,\"gzipSize\":1,\"size\":1,\"offsets\":[{\"start\":0,\"end\":1,\"records\":2,\"gzipSize\":1,\"size\":1,\"offset\":0,\"gzipOffset\":0}]",
                "\"s3\":{\"bucket\":\"b\",\"key\":\"k\"},\"records\":3,\"gzipSize\":1,\"size\":1,\"archive\":true,\"start\":\"z/2\",\"end\":\"z/1\"",
                "\"archive\":true,\"payload\":1"
            })
    void aPointerWhosePartsDoNotFitTogetherIsParked(String fields) {
        world.copy()
                .take(world.gzip("a", "{\"event\":\"orders\"," + fields + "}", IngestWorld.line("bot", "orders", 1)));
        assertThat(world.parked("a")).hasSize(1);
        assertThat(world.payloads("orders")).containsExactly("1");
    }

    /** More queues and writers than a transaction has room for. */
    @Test
    void linesOfManyQueuesAndWritersTakeAsManyCommitsAsItTakes() {
        String[] lines = new String[2_000];
        for (int i = 0; i < lines.length; i++) {
            lines[i] = IngestWorld.line("bot-" + i % 70, "queue-" + i % 130, i);
        }
        world.copy().take(world.gzip("a", lines));
        for (int queue = 0; queue < 130; queue++) {
            int first = queue;
            assertThat(world.payloads("queue-" + queue))
                    .hasSize(queue < 50 ? 16 : 15)
                    .isEqualTo(java.util.stream.IntStream.iterate(first, i -> i < lines.length, i -> i + 130)
                            .mapToObj(Integer::toString)
                            .toList());
        }
    }

    /** The items that RStreams' processor made of the same records, but for the ids' counter. */
    @Test
    void whatLeoSdkSentBecomesTheItemsThatItsProcessorMade() throws IOException {
        for (int i : new int[] {0, 1, 2, 3, 5}) {
            world.copy().take(world.record("a", capture("rec-" + i + ".data.gz")));
        }
        Item inline = world.chunks("golden-queue").get(1);
        assertThat(inline.attributes().keySet())
                .containsExactlyInAnyOrder("start", "gzip", "gzipSize", "size", "records", "v", "ttl");
        assertThat(inline.integer("records")).isEqualTo(5);
        assertThat(inline.integer("v")).isEqualTo(2);
        long writtenMillis = Eid.parse(inline.text("start")).orElseThrow().epochMillis();
        assertThat(inline.integer("ttl")).isEqualTo(writtenMillis / 1_000 + 7 * 86_400);
        assertThat(inline.integer("gzipSize")).isEqualTo(inline.bytes("gzip").length);
        assertThat(inline.integer("size")).isEqualTo(IngestWorld.text(inline).getBytes(StandardCharsets.UTF_8).length);
        assertSameFields(IngestWorld.text(inline), new String(capture("rec-1.data.txt"), StandardCharsets.UTF_8));
        assertSameFields(
                IngestWorld.text(world.chunks("golden-out").getFirst()),
                new String(capture("rec-2.data.txt"), StandardCharsets.UTF_8));

        Item pointer = world.chunks("s3-q7").getFirst();
        assertThat(pointer.attributes().keySet())
                .containsExactlyInAnyOrder(
                        "start",
                        "s3",
                        "offsets",
                        "gzipSize",
                        "size",
                        "records",
                        "v",
                        "ttl",
                        "timestamp",
                        "event_source_timestamp");
        assertThat(pointer.struct("s3")).containsEntry("bucket", Attribute.of("leos3"));
        assertThat(pointer.integer("records")).isEqualTo(1_000);
        assertThat(pointer.get("offsets"))
                .isEqualTo(Attribute.of(List.of(Attribute.of(Map.of(
                        "event", Attribute.of("s3-q7"),
                        "start", Attribute.of(0),
                        "end", Attribute.of(999),
                        "records", Attribute.of(1_000),
                        "gzipSize", Attribute.of(6_629),
                        "size", Attribute.of(185_780),
                        "offset", Attribute.of(0),
                        "gzipOffset", Attribute.of(0))))));
        assertThat(world.checkpoint("s3-bot", "queue:s3-q7"))
                .containsEntry("checkpoint", Attribute.of(world.maxEid("s3-q7")))
                .containsEntry("source_timestamp", Attribute.of(1_795_178_778_808L))
                .containsEntry("records", Attribute.of(1_000));
        assertThat(world.head("golden-queue").orElseThrow().attributes().keySet())
                .containsExactlyInAnyOrder("max_eid", "timestamp", "v");
    }

    private static void assertSameFields(String stored, String sent) {
        List<String> ours = stored.lines().toList();
        List<String> theirs = sent.lines().filter(line -> !line.isBlank()).toList();
        assertThat(ours).hasSameSizeAs(theirs);
        for (int i = 0; i < ours.size(); i++) {
            assertThat(new LineFields(Json.of(ours.get(i))).all())
                    .isEqualTo(new LineFields(Json.of(theirs.get(i))).all());
        }
    }

    private static byte[] capture(String name) throws IOException {
        try (InputStream in = IngestRulesTest.class.getResourceAsStream("/rstreams/" + name)) {
            return in.readAllBytes();
        }
    }
}
