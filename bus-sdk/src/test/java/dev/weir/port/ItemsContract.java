package dev.weir.port;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What every {@link Items} must do, apart from conditions ({@link ItemConditionsContract}), ranges ({@link ItemQueriesContract}),
 * limits ({@link ItemLimitsContract}) and races ({@link ItemRacesContract}). Subclass and supply the adapter; the tables of
 * {@link ItemsFixture#TABLES} must exist. Every test has partitions of its own, so the tables may hold anything before.
 */
public abstract class ItemsContract extends ItemsFixture {

    @Test
    void anItemThatWasNeverWrittenIsEmpty() {
        assertThat(items().get(key("a"))).isEmpty();
        assertThat(items().get(row("a"))).isEmpty();
    }

    @Test
    void everyTypeOfAttributeComesBackAsItWas() {
        Item item = Item.at(key("a"))
                .with("text", "żółw 🐢")
                .with("emptyText", "")
                .with("whole", -42L)
                .with("exact", Attribute.of(new BigDecimal("12345678901234567890.123456789012345678")))
                .with("huge", Attribute.of(new BigDecimal("9.99E+125")))
                .with("tiny", Attribute.of(new BigDecimal("-1E-130")))
                .with("bytes", new byte[] {0, -1, 127, -128})
                .with("emptyBytes", new byte[0])
                .with("yes", Attribute.of(true))
                .with("no", Attribute.of(false))
                .with("none", new Attribute.Null())
                .with("map", Attribute.of(Map.of("deep", Attribute.of(List.of(Attribute.of(1), Attribute.of("two"))))))
                .with("emptyMap", Attribute.of(Map.of()))
                .with("emptyList", Attribute.of(List.of()))
                .build();

        assertWritten(put(item));

        assertThat(items().get(key("a"))).contains(item);
    }

    @Test
    void numbersCompareByValueWhateverTheirScale() {
        assertWritten(put(Item.at(key("a"))
                .with("n", Attribute.of(new BigDecimal("12.30")))
                .build()));

        assertThat(items().get(key("a")).orElseThrow().number("n")).isEqualByComparingTo("12.3");
        assertWritten(items().write(
                        new Write.Delete(key("a"), new Condition.Equal("n", Attribute.of(new BigDecimal("12.300"))))));
    }

    @Test
    void aPutReplacesTheWholeItem() {
        put(Item.at(key("a")).with("old", 1).with("both", 1).build());
        put(Item.at(key("a")).with("both", 2).build());

        assertThat(items().get(key("a")))
                .contains(Item.at(key("a")).with("both", 2).build());
    }

    @Test
    void anItemMayHaveNothingButItsKey() {
        put(Item.at(row("a")).build());

        assertThat(items().get(row("a"))).contains(Item.at(row("a")).build());
    }

    @Test
    void anUpdateSetsSomeAttributesAndKeepsTheOthers() {
        put(Item.at(key("a")).with("kept", "k").with("set", 1).build());

        assertWritten(items().write(new Write.Update(
                key("a"), Map.of("set", Attribute.of("x"), "new", Attribute.of(true)), Condition.ALWAYS)));

        assertThat(items().get(key("a")))
                .contains(Item.at(key("a"))
                        .with("kept", "k")
                        .with("set", "x")
                        .with("new", Attribute.of(true))
                        .build());
    }

    @Test
    void anUpdateCreatesTheItemThatIsNotThere() {
        assertWritten(items().write(new Write.Update(row("a"), Map.of("n", Attribute.of(1)), Condition.ALWAYS)));

        assertThat(items().get(row("a")))
                .contains(Item.at(row("a")).with("n", 1).build());
    }

    @Test
    void aDeleteRemovesAndRemovingNothingSucceeds() {
        put(Item.at(key("a")).with("n", 1).build());

        assertWritten(items().write(new Write.Delete(key("a"), Condition.ALWAYS)));
        assertThat(items().get(key("a"))).isEmpty();
        assertWritten(items().write(new Write.Delete(key("a"), Condition.ALWAYS)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"name", "size", "#x", ":y", "a.b", "a b", "żółw", "1"})
    void everyNameOfAnAttributeWorksInAnUpdateAndInAConditionAlsoAReservedOne(String name) {
        put(Item.at(key("a")).with(name, 1).build());

        assertWritten(items().write(new Write.Update(
                key("a"), Map.of(name, Attribute.of(2)), new Condition.Equal(name, Attribute.of(1)))));

        assertThat(items().get(key("a")).orElseThrow().integer(name)).isEqualTo(2);
    }

    @Test
    void whatWasReadDoesNotChangeWhenTheStoreOrTheWriterDoes() {
        Map<String, Attribute> mine = new HashMap<>(Map.of("n", Attribute.of(1)));
        put(new Item(key("a"), mine));
        Item read = items().get(key("a")).orElseThrow();

        mine.put("n", Attribute.of(99));
        assertThat(items().get(key("a")).orElseThrow().integer("n")).isEqualTo(1);
        put(Item.at(key("a")).with("n", 2).build());

        assertThat(read.integer("n")).isEqualTo(1);
    }

    @Test
    void aTransactionWritesAllOfItAcrossTables() {
        put(Item.at(key("gone")).with("n", 1).build());
        put(Item.at(key("updated")).with("kept", 1).build());

        assertWritten(items().transact(List.of(
                new Write.Put(Item.at(row("put")).with("n", 1).build(), Condition.ABSENT),
                new Write.Update(key("updated"), Map.of("n", Attribute.of(2)), Condition.ALWAYS),
                new Write.Delete(key("gone"), new Condition.Equal("n", Attribute.of(1))))));

        assertThat(items().get(row("put")).orElseThrow().integer("n")).isEqualTo(1);
        assertThat(items().get(key("updated")))
                .contains(Item.at(key("updated")).with("kept", 1).with("n", 2).build());
        assertThat(items().get(key("gone"))).isEmpty();
    }

    @Test
    void aTransactionWithOneFailedConditionWritesNothingAndNamesTheFailedKeysInOrder() {
        put(Item.at(key("there")).with("n", 1).build());
        put(Item.at(row("there")).with("n", 1).build());

        WriteOutcome outcome = items().transact(List.of(
                new Write.Put(Item.at(key("first")).build(), Condition.ALWAYS),
                new Write.Put(Item.at(row("there")).build(), Condition.ABSENT),
                new Write.Update(key("updated"), Map.of("n", Attribute.of(2)), Condition.ALWAYS),
                new Write.Delete(key("there"), new Condition.Equal("n", Attribute.of(2)))));

        assertThat(outcome).isEqualTo(new WriteOutcome.ConditionFailed(List.of(row("there"), key("there"))));
        assertThat(items().get(key("first"))).isEmpty();
        assertThat(items().get(key("updated"))).isEmpty();
        assertThat(items().get(row("there")).orElseThrow().integer("n")).isEqualTo(1);
        assertThat(items().get(key("there")).orElseThrow().integer("n")).isEqualTo(1);
    }

    @Test
    void aTransactionSentAgainMeetsItsOwnConditions() {
        List<Write> writes = List.of(new Write.Put(Item.at(key("a")).build(), Condition.ABSENT));

        assertWritten(items().transact(writes));

        assertThat(items().transact(writes)).isEqualTo(new WriteOutcome.ConditionFailed(List.of(key("a"))));
    }

    @Test
    void manyKeysAreReadInBatchesWhateverTheirNumber() {
        List<Key> keys = IntStream.range(0, 250)
                .mapToObj(i -> i % 2 == 0 ? key("k" + i) : row("k" + i))
                .toList();
        putAll(keys);
        List<Key> asked = new ArrayList<>(keys);
        asked.add(key("absent"));
        asked.add(keys.getFirst());

        assertThat(items().getAll(asked)).extracting(Item::key).containsExactlyInAnyOrderElementsOf(keys);
        assertThat(items().getAll(List.of())).isEmpty();
        assertThat(items().getAll(List.of(key("absent")))).isEmpty();
    }

    @Test
    void keysWhoseItemsDoNotFitIntoOneAnswerAreReadToo() {
        List<Key> keys = IntStream.range(0, 50).mapToObj(i -> key("big" + i)).toList();
        for (Key key : keys) {
            put(Item.at(key).with("filler", new byte[390 * 1024]).build());
        }

        assertThat(items().getAll(keys)).extracting(Item::key).containsExactlyInAnyOrderElementsOf(keys);
        items().deleteAll(keys);
    }

    @Test
    void deletingManyKeysIsIdempotent() {
        List<Key> keys = IntStream.range(0, 60)
                .mapToObj(i -> i % 2 == 0 ? key("k" + i) : row("k" + i))
                .toList();
        putAll(keys);
        put(Item.at(key("other")).build());
        List<Key> twice = new ArrayList<>(keys);
        twice.addAll(keys);

        items().deleteAll(twice);
        assertThat(items().getAll(keys)).isEmpty();
        items().deleteAll(keys);
        items().deleteAll(List.of());

        assertThat(items().get(key("other"))).isPresent();
    }

    @Test
    void aScanFindsEveryItemOfATableAlsoBeyondOnePage() {
        String run = "scan-" + UUID.randomUUID();
        List<Key> keys = IntStream.range(0, 5)
                .mapToObj(i -> new Key(SCANNED, run, "s" + i))
                .toList();
        for (Key key : keys) {
            put(Item.at(key).with("filler", new byte[300 * 1024]).build());
        }

        List<Key> found = new ArrayList<>();
        items().scan(SCANNED).forEach(item -> found.add(item.key()));
        items().deleteAll(keys);

        assertThat(found.stream().filter(key -> key.partition().equals(run))).containsExactlyInAnyOrderElementsOf(keys);
        assertThat(found).doesNotHaveDuplicates();
    }

    @Test
    void aKeyHasASortValueExactlyWhenItsTableHas() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Key(ROWS, "p", "s"));
        assertThatIllegalArgumentException().isThrownBy(() -> new Key(LOG, "p", null));
    }

    private void putAll(List<Key> keys) {
        for (int from = 0; from < keys.size(); from += Items.TRANSACTION_WRITES_MAX) {
            List<Key> batch = keys.subList(from, Math.min(keys.size(), from + Items.TRANSACTION_WRITES_MAX));
            assertWritten(items().transact(batch.stream()
                    .<Write>map(key -> new Write.Put(Item.at(key).with("n", 1).build(), Condition.ALWAYS))
                    .toList()));
        }
    }
}
