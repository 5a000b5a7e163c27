package dev.weir.functions.ingest;

import static dev.weir.functions.ingest.IngestWorld.NOW;
import static dev.weir.functions.ingest.IngestWorld.line;
import static dev.weir.functions.ingest.IngestWorld.lines;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.flow.Counts.Count;
import dev.weir.flow.LaneStatus;
import dev.weir.model.LaneId;
import dev.weir.port.Attribute;
import dev.weir.port.Item;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Circumstances in which RStreams' processor, or who reads behind it, stops. The codes are those of the list of its weaknesses. */
class IngestLivenessTest {
    private final IngestWorld world = new IngestWorld();

    /** S1: one corrupt gzip record, and the shard stands until its retention ends. */
    @Test
    void aCorruptRecordIsParkedWithItsBytesAndTheShardGoesOn() {
        byte[] corrupt =
                world.gzip("unused", lines("bot", "orders", 0, 20)).data().clone();
        corrupt[corrupt.length / 2] ^= 0x55;
        world.copy()
                .take(
                        world.gzip("a", line("bot", "orders", 1)),
                        world.record("a", corrupt),
                        world.record("a", new byte[] {(byte) 0x1F, (byte) 0x8B, 8, 0}),
                        world.gzip("a", line("bot", "orders", 2)));
        assertThat(world.payloads("orders")).containsExactly("1", "2");
        assertThat(world.parked("a")).hasSize(2);
        assertThat(world.parked("a").getFirst().bytes("payload")).isEqualTo(corrupt);
    }

    /** S2: two archive pointers of one queue in a batch get the keys of the first, and fail for ever. */
    @Test
    void twoRangesOfAnArchiveInOneBatchKeepTheirOwnIds() {
        world.copy()
                .take(
                        world.gzip("a", Pointers.archive("orders", 1, 10)),
                        world.gzip("a", line("bot", "orders", 0)),
                        world.gzip("a", Pointers.archive("orders", 11, 20)));

        List<Item> ranges = world.chunks("orders/_archive");
        assertThat(ranges)
                .extracting(item -> item.text("start"))
                .containsExactly(Pointers.archived(1), Pointers.archived(11));
        assertThat(ranges)
                .extracting(item -> item.key().sort())
                .containsExactly(Pointers.archived(10), Pointers.archived(20));
        Item range = ranges.getFirst();
        assertThat(range.get("archive")).isEqualTo(Attribute.of(true));
        assertThat(range.get("ttl")).isNull();
        assertThat(world.maxEid("orders/_archive")).isEqualTo(Pointers.archived(20));
        assertThat(world.head("orders").orElseThrow().struct("archive"))
                .containsEntry("end", Attribute.of(Pointers.archived(20)));
        assertThat(world.payloads("orders")).containsExactly("0");
    }

    /** S2 again: the same range a second time, at once or later, is dropped by its name. An older range does not take the end back. */
    @Test
    void aRangeThatTheArchiveHasIsDroppedAndCounted() {
        IngestWorld.Copy copy = world.copy();
        copy.take(
                world.gzip("a", Pointers.archive("orders", 11, 20)),
                world.gzip("a", Pointers.archive("orders", 11, 20)));
        copy.take(
                world.gzip("a", line("bot", "orders", 0)),
                world.gzip("a", Pointers.archive("orders", 11, 20)),
                world.gzip("a", line("bot", "orders", 1)));
        world.copy()
                .take(
                        world.gzip("b", Pointers.archive("orders", 1, 10)),
                        world.gzip("b", Pointers.archive("orders", 1, 20)));

        assertThat(world.chunks("orders/_archive")).hasSize(2);
        assertThat(world.chunks("orders/_archive").getLast().text("start")).isEqualTo(Pointers.archived(11));
        assertThat(world.maxEid("orders/_archive")).isEqualTo(Pointers.archived(20));
        assertThat(world.head("orders").orElseThrow().struct("archive"))
                .containsEntry("end", Attribute.of(Pointers.archived(20)));
        assertThat(world.payloads("orders")).containsExactly("0", "1");
        assertThat(counted(Count.SAME_RANGE, "a") + counted(Count.SAME_RANGE, "b"))
                .isEqualTo(3);
    }

    private long counted(Count count, String shard) {
        LaneId lane = new LaneId.PassThrough("shardId-" + shard);
        return LaneStatus.all(world.bus, Ingest.NAME, List.of(lane), world.items)
                .getFirst()
                .counts()
                .of(count);
    }

    /** S2: two parts of a snapshot in one batch, from two shards, and of an older one. */
    @Test
    void partsOfSnapshotsFollowEachOtherWhicheverShardTheyComeFrom() {
        long minute = 1_795_178_760_000L;
        IngestWorld.Copy one = world.copy(NOW);
        IngestWorld.Copy two = world.copy(NOW - 2_000);
        one.take(
                world.gzip("a", Pointers.snapshot("orders", "part-1", 100, minute)),
                world.gzip("a", Pointers.snapshot("orders", "part-2", 50, minute)));
        two.take(world.gzip("b", Pointers.snapshot("orders", "part-3", 30, minute)));
        two.take(world.gzip("b", Pointers.snapshot("orders", "older", 7, minute - 600_000)));
        one.take(world.gzip("a", Pointers.snapshot("orders", "part-4", 20, minute)));

        List<Item> parts = world.chunks("orders/_snapshot");
        String last = "";
        for (Item part : parts) {
            assertThat(part.text("start")).isGreaterThan(last);
            last = String.valueOf(part.key().sort());
        }
        assertThat(parts).extracting(item -> item.integer("records")).containsExactly(7L, 100L, 50L, 30L, 20L);
        assertThat(parts.get(0).text("start")).startsWith("z/2026/11/20/12/36/");
        assertThat(parts.get(1).text("start")).startsWith("z/2026/11/20/12/46/" + NOW + "-0000000");
        assertThat(parts.get(1).integer("snapshot")).isEqualTo(minute);
        assertThat(world.maxEid("orders/_snapshot")).isEqualTo(last);
    }

    @Test
    void aRegisteredSnapshotIsKeptAtTheHeadWhichGoesOn() {
        IngestWorld.Copy copy = world.copy();
        copy.take(world.gzip("a", line("bot", "orders", 0)));
        copy.take(world.gzip(
                "a",
                "{\"_cmd\":\"registerSnapshot\",\"event\":\"orders\",\"start\":1795178760000,\"next\":1795178820000,\"id\":\"bot\"}",
                "{\"_cmd\":\"somethingElse\",\"event\":\"orders\"}",
                line("bot", "orders", 1)));
        assertThat(world.head("orders").orElseThrow().struct("snapshot"))
                .isEqualTo(Map.of(
                        "start", Attribute.of("_snapshot/z/2026/11/20/12/46/"),
                        "next", Attribute.of("z/2026/11/20/12/47/")));
        assertThat(world.payloads("orders")).containsExactly("0", "1");
        assertThat(world.parked("a")).isEmpty();
        assertThat(counted(Count.PROCESSED, "a")).isEqualTo(4);
    }

    /** S4: the head goes back when a slower shard writes, and readers stall. */
    @Test
    void theHeadNeverGoesBack() {
        IngestWorld.Copy fast = world.copy(NOW + 60_000);
        IngestWorld.Copy slow = world.copy(NOW - 60_000);
        String head = "";
        for (int i = 0; i < 6; i++) {
            (i % 2 == 0 ? fast : slow)
                    .take(world.record(
                            i % 2 == 0 ? "a" : "b",
                            line("bot", "orders", i).getBytes(StandardCharsets.UTF_8),
                            NOW + (i % 2 == 0 ? 60_000 : -60_000)));
            assertThat(world.maxEid("orders")).isGreaterThan(head);
            head = world.maxEid("orders");
        }
        assertThat(world.payloads("orders")).containsExactly("0", "1", "2", "3", "4", "5");
    }
}
