package dev.weir.functions.ingest;

import static dev.weir.functions.ingest.IngestWorld.NOW;
import static dev.weir.functions.ingest.IngestWorld.line;
import static dev.weir.functions.ingest.IngestWorld.lines;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.model.Record;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Circumstances in which RStreams' processor writes events twice, or in another order. The codes are those of the list of its weaknesses. */
class IngestOrderTest {
    private static final int QUEUES = 8;

    private final IngestWorld world = new IngestWorld();

    /** D1: a batch that is delivered again gets other ids, and stands in the queues twice. */
    @Test
    void aBatchThatIsDeliveredAgainInAnyCutChangesNothing() {
        List<Record> batch = new ArrayList<>();
        for (int i = 0; i < 120; i++) {
            batch.add(world.gzip(
                    "a", line("bot", "queue-" + i % QUEUES, i), line("bot", "queue-" + i % 3, "\"x" + i + "\"")));
        }
        IngestWorld.Copy warm = world.copy();
        assertThat(warm.process(batch)).isEmpty();
        Map<String, List<IngestWorld.Read>> once = all();

        for (int i = 0; i < 6; i++) {
            IngestWorld.Copy copy = i % 2 == 0 ? warm : world.copy(NOW + 777L * i);
            assertThat(copy.process(batch.subList(i * 7, 120 - i * 11))).isEmpty();
            assertThat(all()).as("delivery %d", i + 2).isEqualTo(once);
        }
        assertThat(once.values().stream().mapToInt(List::size).sum()).isEqualTo(240);
    }

    private Map<String, List<IngestWorld.Read>> all() {
        Map<String, List<IngestWorld.Read>> all = new TreeMap<>();
        for (int i = 0; i < QUEUES; i++) {
            all.put("queue-" + i, world.reader("queue-" + i).read().seen);
        }
        return all;
    }

    /** R1: PutRecords takes a part, and what failed comes behind what was later. */
    @Test
    void whatAPartlyFailedPutSendsLateIsPutInOrder() {
        IngestWorld.Copy copy = world.copy();
        List<Record> chunks = new ArrayList<>();
        for (int i : new int[] {2, 3, 4, 5, 6, 7, 0, 1}) {
            chunks.add(world.numbered("a", "writer", 1, 10L * i + 1, lines("bot", "orders", 10 * i, 10 * i + 10)));
        }
        IngestWorld.Reader reader = world.reader("orders");
        for (Record chunk : chunks) {
            copy.take(chunk);
            assertThat(reader.payloads()).isEqualTo(numbers(reader.seen.size()));
        }
        assertThat(reader.payloads()).isEqualTo(numbers(80));
    }

    /** R2: across shards there is no order, so everything goes through one. */
    @Test
    void theOrderOfAProducerInAQueueSurvivesManyShardsAndAReshard() {
        IngestWorld.Copy parent = world.copy();
        IngestWorld.Copy left = world.copy(NOW - 3_000);
        IngestWorld.Copy right = world.copy(NOW + 3_000);
        List<IngestWorld.Reader> readers = new ArrayList<>();
        for (int lane = 0; lane < 4; lane++) {
            readers.add(world.reader("queue-" + lane));
            parent.take(chunk("parent", lane, 0));
        }
        // The parent's last records are slow to come, and its children's are there already.
        for (int lane = 0; lane < 4; lane++) {
            (lane < 2 ? left : right).take(chunk(lane < 2 ? "left" : "right", lane, 2));
        }
        for (int lane = 0; lane < 4; lane++) {
            parent.deliver(chunk("parent", lane, 1));
            (lane < 2 ? left : right).deliver(chunk(lane < 2 ? "left" : "right", lane, 3));
        }
        for (int lane = 0; lane < 4; lane++) {
            world.copy(NOW + 9_000).deliver(chunk("left", lane, 4));
            assertThat(readers.get(lane).payloads()).as("lane %d", lane).isEqualTo(numbers(50));
        }
    }

    private Record chunk(String shard, int lane, int nth) {
        return world.numbered(
                shard, "writer", lane, 10L * nth + 1, lines("bot", "queue-" + lane, 10 * nth, 10 * nth + 10));
    }

    private static List<String> numbers(int count) {
        List<String> numbers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            numbers.add(Integer.toString(i));
        }
        return numbers;
    }
}
