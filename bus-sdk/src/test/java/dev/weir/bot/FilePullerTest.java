package dev.weir.bot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.flow.Bus;
import dev.weir.graph.Puller.Pulled;
import dev.weir.memory.ManualTime;
import dev.weir.memory.MemoryItems;
import dev.weir.memory.MemoryObjectStore;
import dev.weir.model.Eid;
import dev.weir.model.Json;
import dev.weir.model.Lanes;
import dev.weir.port.Attribute;
import dev.weir.port.Condition;
import dev.weir.port.Item;
import dev.weir.port.Key;
import dev.weir.port.Write;
import dev.weir.queue.Queues;
import dev.weir.wire.ByteSink;
import dev.weir.wire.EnvelopeEncoder;
import dev.weir.wire.Gzip;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FilePullerTest {
    private static final String QUEUE = "shop.exports";

    private final Bus bus = new Bus("weir", new Lanes(2));
    private final MemoryItems items = new MemoryItems();
    private final MemoryObjectStore objects = new MemoryObjectStore();
    private final ManualTime time = new ManualTime(1_795_194_307_123L);
    private final FilePuller files =
            new FilePuller(new Queues(bus.queueTables(), items, objects, time), objects, QUEUE);

    /** Writes results {@code from} to {@code to} into the sub-queue of a lane, as a commit does. */
    private void put(int lane, int from, int to) {
        String queue = QUEUE + "." + lane;
        Eid first = new Eid(time.epochMillis() + from, 0);
        Eid last = first.plus(to - from - 1L);
        ByteSink lines = new ByteSink();
        EnvelopeEncoder envelopes = new EnvelopeEncoder("shop", queue, lines);
        for (int n = from; n < to; n++) {
            envelopes.line(Json.of("{\"key\":\"k\",\"value\":" + n + "}"), 0, 0, n - from);
        }
        byte[] gzip = new Gzip(6).compress(lines.array(), 0, lines.size());
        Item chunk = Item.at(new Key(bus.queues(), queue, last.toString()))
                .with("start", first.toString())
                .with("gzip", gzip)
                .with("gzipSize", gzip.length)
                .with("size", lines.size())
                .with("records", to - from)
                .with("v", 2)
                .build();
        items.write(new Write.Put(chunk, Condition.ALWAYS));
        items.write(new Write.Update(
                new Key(bus.heads(), queue, null),
                Map.of("max_eid", Attribute.of(last.toString()), "v", Attribute.of(2)),
                Condition.ALWAYS));
    }

    private List<String> lines() {
        List<String> lines = new ArrayList<>();
        for (String key : objects.list("files/" + QUEUE + "/", "", Integer.MAX_VALUE)) {
            byte[] text = Gzip.decompress(objects.get(key).orElseThrow(), 1_000_000);
            lines.addAll(new String(text, StandardCharsets.UTF_8).lines().toList());
        }
        return lines;
    }

    @Test
    void whatIsNewLiesInOneObjectOfEachLane() {
        assertThat(files.pull("", 10)).isEmpty();
        put(0, 0, 3);
        put(1, 10, 12);
        Pulled first = files.pull("", 10).orElseThrow();
        Pulled second = files.pull(first.cursor(), 10).orElseThrow();
        assertThat(files.pull(second.cursor(), 10)).isEmpty();
        assertThat(lines()).containsExactly("0", "1", "2", "10", "11");
        assertThat(first.payloads())
                .singleElement()
                .asString()
                .contains("\"object\":\"files/shop.exports/shop.exports.0/z-", ".jsonl.gz\",\"events\":3");

        put(0, 20, 21);
        assertThat(files.pull(second.cursor(), 10)).isPresent();
        assertThat(lines()).containsExactly("0", "1", "2", "20", "10", "11");
    }

    @Test
    void aRunThatEndedBeforeItsCommitLeavesEachResultInOneObject() {
        put(0, 0, 3);
        assertThat(files.pull("", 10)).isPresent(); // and was killed: the cursor is the old one
        put(0, 3, 5);
        Optional<Pulled> again = files.pull("", 10);
        assertThat(again.orElseThrow().payloads()).singleElement().asString().contains("\"events\":3");
        Pulled last = files.pull(again.get().cursor(), 10).orElseThrow();
        assertThat(files.pull(last.cursor(), 10)).isEmpty();
        assertThat(lines()).containsExactly("0", "1", "2", "3", "4");
    }
}
