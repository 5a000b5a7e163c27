package dev.weir.local.mapping;

import static dev.weir.local.mapping.Shards.shard;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.port.Shard;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LineageTest {
    /** 0 was split in 1 and 2; 1 was split in 3 and 4; 4 and 2 were merged into 5. */
    private static final List<Shard> FAMILY = List.of(
            shard("0", false),
            shard("1", false, "0"),
            shard("2", false, "0"),
            shard("3", true, "1"),
            shard("4", false, "1"),
            shard("5", true, "4", "2"));

    @ParameterizedTest(name = "listed {0}, done {1} -> {2}")
    @CsvSource(
            nullValues = "-",
            textBlock =
                    """
                    0 1 2 3 4 5, -,         0
                    0 1 2 3 4 5, 0,         1 2
                    0 1 2 3 4 5, 0 1,       2 3 4
                    0 1 2 3 4 5, 0 1 2,     3 4
                    0 1 2 3 4 5, 0 1 4,     2 3
                    0 1 2 3 4 5, 0 1 2 4,   3 5
                    0 1 2 3 4 5, 0 1 2 3 4 5, -
                      1 2 3 4 5, -,         1 2
                          3 4 5, -,         3 4
                            3 5, -,         3 5
                        2 3 4 5, 4,         2 3
                    """)
    void readsParentsBeforeChildren(String listed, String done, String readable) {
        Map<String, Position> positions = new HashMap<>();
        words(listed).forEach(id -> positions.put(id, Position.TRIM_HORIZON));
        words(done).forEach(id -> positions.put(id, Position.END));
        List<Shard> shards = FAMILY.stream()
                .filter(shard -> words(listed).contains(shard.id()))
                .toList();

        assertThat(Lineage.readable(shards, positions))
                .extracting(Shard::id)
                .containsExactlyElementsOf(words(readable));
    }

    private static List<String> words(String text) {
        return text == null ? List.of() : List.of(text.trim().split(" +"));
    }
}
