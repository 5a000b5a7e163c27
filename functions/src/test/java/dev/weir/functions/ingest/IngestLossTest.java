package dev.weir.functions.ingest;

import static dev.weir.functions.ingest.IngestWorld.NOW;
import static dev.weir.functions.ingest.IngestWorld.line;
import static dev.weir.functions.ingest.IngestWorld.lines;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.model.Eid;
import dev.weir.model.Record;
import dev.weir.port.Attribute;
import dev.weir.port.Condition;
import dev.weir.port.Item;
import dev.weir.port.Key;
import dev.weir.port.Write;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Circumstances in which RStreams' processor loses events. The codes are those of the list of its weaknesses. */
class IngestLossTest {
    private final IngestWorld world = new IngestWorld();

    /** L1: ids come from the arrival at a shard, and a slower shard writes below a reader's checkpoint. */
    @Test
    void whatASlowerShardWritesIsAboveWhatReadersHaveSeen() {
        IngestWorld.Copy fast = world.copy(NOW);
        IngestWorld.Copy slow = world.copy(NOW - 5_000);
        IngestWorld.Reader reader = world.reader("orders");
        List<String> sent = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            IngestWorld.Copy copy = i % 2 == 0 ? fast : slow;
            String shard = i % 2 == 0 ? "a" : "b";
            copy.take(world.record(
                    shard, line("bot", "orders", i).getBytes(StandardCharsets.UTF_8), NOW - 60_000L * (i % 2)));
            sent.add(Integer.toString(i));
            assertThat(reader.payloads()).as("after event %d", i).isEqualTo(sent);
        }
    }

    /** L2: two shards with the same first millisecond write the same key, and one overwrites the other. */
    @Test
    void twoShardsInTheSameMillisecondOverwriteNothing() {
        IngestWorld.Copy one = world.copy();
        IngestWorld.Copy two = world.copy();
        one.take(world.gzip("a", lines("bot", "orders", 0, 50)));
        two.take(world.gzip("b", lines("bot", "orders", 50, 100)));
        one.take(world.gzip("a", lines("bot", "orders", 100, 150)));

        assertThat(world.payloads("orders")).hasSize(150).doesNotHaveDuplicates();
        assertThat(world.chunks("orders")).hasSize(3);
    }

    /** L3: a falsy payload is dropped. */
    @ParameterizedTest
    @ValueSource(strings = {"0", "\"\"", "false", "null", "[]", "{}", "0.0"})
    void aPayloadMayBeAnything(String payload) {
        world.copy().take(world.gzip("a", line("bot", "orders", payload)));
        assertThat(world.payloads("orders")).containsExactly(payload);
    }

    /** L3: a line without a writer's id, or without a payload, is dropped. */
    @Test
    void aLineWithoutIdOrPayloadIsKept() {
        world.copy()
                .take(world.gzip(
                        "a",
                        "{\"event\":\"orders\",\"payload\":1}",
                        "{\"id\":null,\"event\":\"orders\",\"payload\":2}",
                        "{\"id\":7,\"event\":\"orders\",\"mine\":{\"kept\":true}}"));

        IngestWorld.Reader reader = world.reader("orders").read();
        assertThat(reader.seen.get(0).line()).contains("\"id\":\"nobody\"").contains("\"payload\":1");
        assertThat(reader.seen.get(1).line()).contains("\"id\":\"nobody\"").contains("\"payload\":2");
        assertThat(reader.seen.get(2).line()).contains("\"id\":\"7\"").contains("\"mine\":{\"kept\":true}");
        assertThat(world.checkpoint("nobody", "queue:orders")).isNotEmpty();
    }

    /** L3: lines that are no JSON, and data in other forms than three, vanish without a trace. */
    @Test
    void whatCannotBeReadIsParkedWithItsTextAndItsNeighboursGoOn() throws IOException {
        String good = line("bot", "orders", 1);
        world.copy()
                .take(
                        world.gzip(
                                "a",
                                good,
                                "{\"id\":\"bot\",\"event\":\"orders\",\"payload\":",
                                line("bot", "orders", 2)),
                        world.record("a", zlib(9, line("bot", "orders", 3))),
                        world.plain("a", "   " + line("bot", "orders", 4)),
                        world.plain("a", "{\"no\":\"queue\"}"));

        assertThat(world.payloads("orders")).containsExactly("1", "2", "3", "4");
        assertThat(world.parked("a"))
                .extracting(item -> new String(item.bytes("payload"), StandardCharsets.UTF_8))
                .containsExactly("{\"id\":\"bot\",\"event\":\"orders\",\"payload\":", "{\"no\":\"queue\"}");
        assertThat(world.parked("a")).extracting(item -> item.text("step")).containsOnly("10-decode");
    }

    private static byte[] zlib(int level, String text) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (DeflaterOutputStream zlib = new DeflaterOutputStream(out, new Deflater(level))) {
            zlib.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return out.toByteArray();
    }

    /** L4: the counter of a batch has seven digits and wraps after 9,999,999 events. */
    @Test
    void moreEventsThanAMillisecondHasIdsMoveOnToTheNextMillisecond() {
        List<Record> records = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            records.add(world.gzip("a", Pointers.load("orders", "object-" + i, 4_000_000)));
        }
        records.add(world.gzip("a", lines("bot", "orders", 0, 3)));
        records.add(world.gzip("a", Pointers.load("orders", "full", 10_000_000)));
        records.add(world.gzip("a", line("bot", "orders", 3)));
        world.copy().take(records.toArray(Record[]::new));

        List<Item> chunks = world.chunks("orders");
        String last = "";
        long events = 0;
        for (Item chunk : chunks) {
            Eid start = Eid.parse(chunk.text("start")).orElseThrow();
            Eid end = Eid.parse(String.valueOf(chunk.key().sort())).orElseThrow();
            assertThat(start.toString()).isGreaterThan(last);
            assertThat(start.epochMillis()).isEqualTo(end.epochMillis());
            assertThat(end.index() - start.index() + 1).isEqualTo(chunk.integer("records"));
            last = end.toString();
            events += chunk.integer("records");
        }
        assertThat(events).isEqualTo(26_000_004);
        assertThat(world.maxEid("orders")).isEqualTo(last).contains("/" + (NOW + 3) + "-0000000");
    }

    /** L10: if the guard of a shard's clock fails, the batch goes on without it. */
    @Test
    void withoutAnAnswerFromTheStoreNothingIsWrittenAndNothingIsLost() {
        world.copy(NOW + 60_000).take(world.gzip("a", line("bot", "orders", 0)));
        FlakyItems flaky = new FlakyItems(world.items);
        IngestWorld.Copy cold = world.copy(NOW, flaky);
        Record late = world.gzip("a", line("bot", "orders", 1));
        for (int call = 0; call < 12; call++) {
            flaky.failsAtCall(call);
            cold.process(List.of(late));
        }
        flaky.failsAtCall(Integer.MAX_VALUE);
        cold.take(late);
        assertThat(world.payloads("orders")).containsExactly("0", "1");
    }

    /** L11: the checkpoint of a writer without a row is dropped, and with several chunks it is that of another event. */
    @Test
    void theWriteCheckpointIsTheLastEventOfEachWriterAlsoOfOneWithoutARow() {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 5_000; i++) {
            lines.add(line(i % 3 == 0 ? "first" : "second", "orders", "\"" + "x".repeat(90) + i + "\""));
        }
        lines.add(line("third", "returns", 1));
        world.copy().take(world.gzip("a", lines.toArray(String[]::new)));

        List<IngestWorld.Read> events = world.reader("orders").read().seen;
        assertThat(world.chunks("orders")).as("several chunks").hasSizeGreaterThan(1);
        assertThat(world.checkpoint("first", "queue:orders"))
                .containsEntry("checkpoint", Attribute.of(events.get(4_998).eid()))
                .containsEntry("records", Attribute.of(1_667))
                .containsEntry("source_timestamp", Attribute.of(NOW - 100))
                .containsEntry("started_timestamp", Attribute.of(NOW - 60))
                .containsEntry("ended_timestamp", Attribute.of(NOW));
        assertThat(world.checkpoint("second", "queue:orders"))
                .containsEntry("checkpoint", Attribute.of(events.get(4_999).eid()));
        assertThat(world.checkpoint("third", "queue:returns"))
                .containsEntry("checkpoint", Attribute.of(world.maxEid("returns")));
    }

    /** L11: an archive's pointer sets nonsense checkpoints of those who wrote the events long ago. */
    @Test
    void aPointerSetsTheCheckpointsOfItsWritersAndAnArchiveNone() {
        world.copy()
                .take(
                        world.gzip("a", line("bot", "orders", 0)),
                        world.gzip("a", Pointers.load("orders", "object", 1_000)),
                        world.gzip("a", Pointers.archive("orders", 1, 2)));
        assertThat(world.checkpoint("loader", "queue:orders"))
                .containsEntry("checkpoint", Attribute.of(world.maxEid("orders")))
                .containsEntry("records", Attribute.of(1_000));
        assertThat(world.checkpoint("archiver", "queue:orders")).isEmpty();
        assertThat(world.checkpoint("archiver", "queue:orders/_archive")).isEmpty();
    }

    /** A row that somebody filled up, or spoiled, costs its own checkpoint and nothing else. */
    @Test
    void aRowThatCannotBeWrittenDoesNotStopTheShard() {
        Key full = new Key(world.bus.cron(), "full", null);
        Map<String, Attribute> maps = Map.of("read", Attribute.of(Map.of()), "write", Attribute.of(Map.of()));
        world.items.write(new Write.Put(
                Item.at(full)
                        .with("checkpoints", Attribute.of(maps))
                        .with("requested_kinesis", Attribute.of(Map.of()))
                        .with("instances", Attribute.of(Map.of()))
                        .with("log", new byte[409_300])
                        .build(),
                Condition.ALWAYS));
        Key odd = new Key(world.bus.cron(), "odd", null);
        world.items.write(new Write.Put(Item.at(odd).with("checkpoints", "odd").build(), Condition.ALWAYS));
        IngestWorld.Copy copy = world.copy();
        copy.take(world.gzip("a", line("full", "orders", 1), line("odd", "orders", 2), line("good", "orders", 3)));
        copy.take(world.gzip("a", line("full", "orders", 4), line("good", "orders", 5)));
        assertThat(world.payloads("orders")).containsExactly("1", "2", "3", "4", "5");
    }
}
