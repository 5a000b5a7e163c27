package dev.weir.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.memory.ManualTime;
import dev.weir.memory.MemoryItems;
import dev.weir.memory.MemoryObjectStore;
import dev.weir.model.Json;
import dev.weir.port.Condition;
import dev.weir.port.Item;
import dev.weir.port.ObjectStore.IfPresent;
import dev.weir.port.Table;
import dev.weir.port.Write;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a bus of RStreams stored, and what its own client read of it: captured from leo-sdk 6.0.18. */
class GoldenReadTest {
    private static final String OBJECT = "1795178778685-0000001-13c73dbd-b81e-4477-8513-174430e885bd.gz";
    private static final String FOLDER = "bus/s3-q7/s3-bot/z/2026/11/20/12/46/";

    private final MemoryItems items = new MemoryItems();
    private final MemoryObjectStore objects = new MemoryObjectStore();
    private final QueueTables tables = new QueueTables(
            new Table("LeoStream", "event", "end"),
            new Table("LeoEvent", "event", null),
            new Table("LeoCron", "id", null),
            "LeoKinesisStream",
            Shelf.TABLES.lanes(),
            "leos3");
    private final Queues queues = new Queues(tables, items, objects, new ManualTime(0));

    @BeforeEach
    void storeTheCapture() {
        store(DynamoDbJson.items(tables.chunks(), resource("leostream-all.json")));
        store(DynamoDbJson.items(tables.heads(), resource("leoevent.json")));
        objects.put(FOLDER + OBJECT, resource("s3/" + OBJECT), IfPresent.REPLACE);
    }

    @Test
    void inlineItemsGiveExactlyTheEventsThatLeoSdkReads() {
        assertThat(resolved("golden-queue")).containsExactlyElementsOf(lines("read-sdk6.jsonl"));
    }

    @Test
    void whatAnotherBotMadeOfThemIsReadTheSame() {
        assertThat(resolved("golden-out")).containsExactlyElementsOf(lines("read-golden-out.jsonl"));
    }

    @Test
    void aPointerGivesTheEventsOfItsObjectWithTheIdsOfItsItem() {
        Page page = queues.reader(QueueName.parse("queue:s3-q7"), Position.beginning())
                .next(ReadLimits.DEFAULTS);

        assertThat(page.events()).hasSize(1000);
        assertThat(page.events().get(417).eid()).isEqualTo("z/2026/11/20/12/46/1795178778879-0000417");
        assertThat(page.events().get(417).payload().toString())
                .startsWith("{\"i\":417,")
                .contains("xxxx");
        assertThat(page.stop())
                .isEqualTo(new Stop.Unreadable(
                        "s3-q7",
                        "z/2026/11/20/12/46/1795178778879-0001000",
                        "z/2026/11/20/12/46/1795178778879-0001000",
                        "bus/s3-q7/big-bot/z/2026/11/20/12/46/"
                                + "1795178778890-0000001-21da4cec-3a62-4efa-8dd7-e9b677a2de9a.gz",
                        "there is no such object"));
    }

    private List<String> resolved(String queue) {
        return Shelf.readAll(queues.reader(QueueName.parse(queue), Position.beginning()), ReadLimits.DEFAULTS).stream()
                .map(entry -> (QueueEvent) entry)
                .map(QueueEvent::resolved)
                .map(Json::toString)
                .toList();
    }

    private void store(List<Item> all) {
        all.forEach(item -> items.write(new Write.Put(item, Condition.ALWAYS)));
    }

    private static List<String> lines(String name) {
        return new String(resource(name), StandardCharsets.UTF_8).lines().toList();
    }

    static byte[] resource(String name) {
        try (InputStream in =
                Objects.requireNonNull(GoldenReadTest.class.getResourceAsStream("/rstreams/" + name), name)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
