package dev.weir.bot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.graph.Puller.Pulled;
import dev.weir.memory.MemoryObjectStore;
import dev.weir.model.Json;
import dev.weir.port.ObjectStore.IfPresent;
import dev.weir.wire.Gzip;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ObjectPullerTest {
    private final MemoryObjectStore objects = new MemoryObjectStore();

    private void put(String key, String text) {
        objects.put(key, text.getBytes(StandardCharsets.UTF_8), IfPresent.REPLACE);
    }

    /** All that comes, each pull by a puller of its own, as after a crash. */
    private List<String> all(int recordsMax) {
        List<String> all = new ArrayList<>();
        String cursor = "";
        while (true) {
            Optional<Pulled> pulled = new ObjectPuller(objects, "in/").pull(cursor, recordsMax);
            if (pulled.isEmpty()) {
                return all;
            }
            assertThat(pulled.get().payloads()).hasSizeLessThanOrEqualTo(recordsMax);
            pulled.get().payloads().stream().map(Json::toString).forEach(all::add);
            cursor = pulled.get().cursor();
        }
    }

    @Test
    void eachLineOfEachObjectComesOnceInOrderHoweverFewAPullTakes() {
        put("in/2026-11-01", "{\"n\":1}\n\n{\"n\":2}\r\n{\"n\":3}");
        put("in/2026-11-02", "{\"n\":4}\n");
        put("other/2026", "{\"n\":99}\n");
        for (int most = 1; most < 6; most++) {
            assertThat(all(most))
                    .as("most=%d", most)
                    .containsExactly("{\"n\":1}", "{\"n\":2}", "{\"n\":3}", "{\"n\":4}");
        }
    }

    @Test
    void whatIsPackedIsUnpacked() {
        byte[] lines = "{\"n\":1}\n{\"n\":2}\n".getBytes(StandardCharsets.UTF_8);
        objects.put("in/a.jsonl.gz", new Gzip(6).compress(lines, 0, lines.length), IfPresent.REPLACE);
        assertThat(all(10)).containsExactly("{\"n\":1}", "{\"n\":2}");
    }

    @Test
    void aLineThatIsNoJsonComesAsTextAndWhatCannotBeReadIsToldOf() {
        put("in/a", "{\"n\":\nplain \"text\"\n");
        put("in/b.gz", "no gzip");
        put("in/c", "{\"n\":1}\n");
        assertThat(all(10))
                .hasSize(4)
                .startsWith("\"{\\\"n\\\":\"", "\"plain \\\"text\\\"\"")
                .endsWith("{\"n\":1}");
        assertThat(all(10).get(2)).contains("\"unreadable\":\"in/b.gz\"", "cannot be unpacked");
    }

    @Test
    void aPullGivesNoMoreThanACommitTakes() {
        put(
                "in/a",
                IntStream.range(0, 100)
                        .mapToObj(n -> "\"" + "x".repeat(10_000) + "\"")
                        .collect(Collectors.joining("\n")));
        Pulled first = new ObjectPuller(objects, "in/").pull("", 1_000).orElseThrow();
        assertThat(first.payloads().stream().mapToInt(Json::length).sum()).isLessThan(SourceRun.PULL_BYTES_MAX);
        assertThat(all(1_000)).hasSize(100);
        put("in/b", "\"" + "x".repeat(SourceRun.PULL_BYTES_MAX) + "\"\n1\n");
        assertThat(all(1_000)).hasSize(102).last().isEqualTo("1");
        assertThat(all(1_000).get(100)).contains("line 1 has more than");
    }
}
