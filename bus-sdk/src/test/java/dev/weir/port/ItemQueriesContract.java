package dev.weir.port;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What {@link Items#query} must do: ranges, order and paging. */
public abstract class ItemQueriesContract extends ItemsFixture {

    /** Ascending by UTF-8 bytes; Java's own order of texts has the last two the other way round. */
    private static final List<String> SORTED = List.of(
            "A", "B", "a", "aa", "b", "z/2026/11/20", "z/2026/11/21", "zz", "~", "é", "ż", "日本", "\uFFFD", "🐢");

    /** From, to, limit, and what is found. */
    static Stream<Arguments> ranges() {
        return Stream.of(
                arguments("a", "b", 9, List.of("a", "aa")),
                arguments("a", "b\u0001", 9, List.of("a", "aa", "b")),
                arguments("a\u0001", "b", 9, List.of("aa")),
                arguments("aa", "b", 9, List.of("aa")),
                arguments("z/", "z0", 9, List.of("z/2026/11/20", "z/2026/11/21")),
                arguments("", "a", 9, List.of("A", "B")),
                arguments("", "A", 9, List.of()),
                arguments("", "", 9, List.of()),
                arguments("b", "b", 9, List.of()),
                arguments("b", "a", 9, List.of()),
                arguments("b", "", 9, List.of()),
                arguments("c", "d", 9, List.of()),
                arguments("a", "b", 1, List.of("a")),
                arguments("a", "b", 2, List.of("a", "aa")),
                arguments("a", "b", 3, List.of("a", "aa")),
                arguments("é", "日本", 9, List.of("é", "ż")),
                arguments("\uFFFD", "🐢", 9, List.of("\uFFFD")),
                arguments("🐢", "\uFFFD", 9, List.of()),
                arguments("", "\uDBFF\uDFFF", Integer.MAX_VALUE, SORTED),
                arguments("", "\uDBFF\uDFFF", 3, List.of("A", "B", "a")));
    }

    @ParameterizedTest
    @MethodSource("ranges")
    void findsARangeInTheOrderOfItsBytes(String from, String to, int limit, List<String> found) {
        assertWritten(items().transact(SORTED.reversed().stream()
                .<Write>map(
                        sort -> new Write.Put(Item.at(key(sort)).with("n", 1).build(), Condition.ALWAYS))
                .toList()));

        List<Item> items = items().query(LOG, own, from, to, limit);

        assertThat(items).extracting(item -> item.key().sort()).containsExactlyElementsOf(found);
        assertThat(items).allSatisfy(item -> assertThat(item.integer("n")).isEqualTo(1));
    }

    @Test
    void seesOnePartitionOnly() {
        put(Item.at(new Key(LOG, own + "x", "a")).build());
        put(Item.at(key("a")).build());

        assertThat(items().query(LOG, own, "a", "b", 9)).extracting(Item::key).containsExactly(key("a"));
        assertThat(items().query(LOG, own + "y", "a", "b", 9)).isEmpty();
    }

    @Test
    void goesOnBeyondOnePage() {
        List<String> sorts = IntStream.range(0, 9).mapToObj(i -> "s" + i).toList();
        for (String sort : sorts) {
            put(Item.at(key(sort)).with("filler", new byte[300 * 1024]).build());
        }

        List<String> all = sorts(items().query(LOG, own, "s", "t", Integer.MAX_VALUE));
        List<String> eight = sorts(items().query(LOG, own, "s", "s8", 8));
        List<String> seven = sorts(items().query(LOG, own, "s", "t", 7));
        items().deleteAll(sorts.stream().map(this::key).toList());

        assertThat(all).isEqualTo(sorts);
        assertThat(eight).isEqualTo(sorts.subList(0, 8));
        assertThat(seven).isEqualTo(sorts.subList(0, 7));
    }

    @Test
    void refusesWhatMakesNoSense() {
        assertThatIllegalArgumentException().isThrownBy(() -> items().query(LOG, own, "a", "b", 0));
        assertThatIllegalArgumentException().isThrownBy(() -> items().query(LOG, "", "a", "b", 1));
        assertThatIllegalArgumentException().isThrownBy(() -> items().query(ROWS, own, "a", "b", 1));
        assertThatIllegalArgumentException().isThrownBy(() -> items().query(LOG, own, "a", "b".repeat(1025), 1));
    }

    private static List<String> sorts(List<Item> items) {
        return items.stream().map(item -> String.valueOf(item.key().sort())).toList();
    }
}
