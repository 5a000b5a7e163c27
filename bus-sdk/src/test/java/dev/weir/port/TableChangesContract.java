package dev.weir.port;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.weir.port.TableChanges.Change;
import dev.weir.port.TableChanges.ChangeShard;
import dev.weir.port.TableChanges.Page;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every {@link TableChanges} does. A subclass supplies the adapter, and the items whose changes it tells. */
public abstract class TableChangesContract {

    /** Most pages that a shard is read in before it must have told everything. */
    private static final int PAGES_MAX = 100;

    /** The adapter under test. */
    protected abstract TableChanges changes();

    /** Where items are written. */
    protected abstract Items items();

    /** A table of this test alone that publishes its changes; the same for the whole test. Its key is {@code key}, {@code sort}. */
    protected abstract Table table();

    /** One that publishes none. */
    protected abstract Table silent();

    private Key key(String partition) {
        return new Key(table(), partition, "s");
    }

    private void put(String partition, long n) {
        assertThat(items().write(new Write.Put(
                        Item.at(key(partition)).with("n", n).build(), Condition.ALWAYS)))
                .isEqualTo(WriteOutcome.WRITTEN);
    }

    private static Map<String, Attribute> image(String partition, long n) {
        return Map.of("key", Attribute.of(partition), "sort", Attribute.of("s"), "n", Attribute.of(n));
    }

    /** All that is kept, a shard before its children, in pages of so many. */
    protected final List<Change> all(int limit) {
        List<Change> all = new ArrayList<>();
        List<ChangeShard> left = new ArrayList<>(changes().shards(table()));
        Set<String> unread = new HashSet<>(left.stream().map(ChangeShard::id).toList());
        while (!left.isEmpty()) {
            ChangeShard next = left.stream()
                    .filter(shard -> shard.parent().filter(unread::contains).isEmpty())
                    .findFirst()
                    .orElseThrow();
            all.addAll(of(next.id(), limit));
            left.remove(next);
            unread.remove(next.id());
        }
        return all;
    }

    private List<Change> of(String shard, int limit) {
        List<Change> all = new ArrayList<>();
        for (int i = 0; i < PAGES_MAX; i++) {
            Page page = changes()
                    .read(table(), shard, all.isEmpty() ? "" : all.getLast().number(), limit);
            assertThat(page.changes()).hasSizeLessThanOrEqualTo(limit);
            assertThat(page.isLost()).isFalse();
            all.addAll(page.changes());
            if (page.isEnd() || page.changes().isEmpty()) {
                return all;
            }
        }
        throw new AssertionError("no end of changes: shard=" + shard + " changes=" + all.size());
    }

    @Test
    void anItemIsToldWholeBeforeAndAfterEachChange() {
        put("a", 1);
        put("a", 2);
        items().write(new Write.Delete(key("a"), Condition.ALWAYS));

        List<Change> all = all(10);

        assertThat(all)
                .extracting(Change::keys)
                .containsOnly(Map.of("key", Attribute.of("a"), "sort", Attribute.of("s")));
        assertThat(all)
                .extracting(Change::before)
                .containsExactly(Optional.empty(), Optional.of(image("a", 1)), Optional.of(image("a", 2)));
        assertThat(all)
                .extracting(Change::after)
                .containsExactly(Optional.of(image("a", 1)), Optional.of(image("a", 2)), Optional.empty());
        assertThat(all).extracting(Change::millis).doesNotContain(0L).isSorted();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 7, TableChanges.READ_MAX})
    void pagesOfAnySizeTellEachChangeOnceInOrderAndByRisingNumbers(int limit) {
        for (int n = 0; n < 20; n++) {
            put("a", n);
        }

        List<Change> all = all(limit);

        assertThat(all)
                .extracting(change -> change.after().orElseThrow())
                .isEqualTo(IntStream.range(0, 20).mapToObj(n -> image("a", n)).toList());
        assertThat(all)
                .extracting(change -> new BigInteger(change.number()))
                .isSorted()
                .doesNotHaveDuplicates();
    }

    @Test
    void whatComesLaterIsToldBehindTheLastOneThatWasSeen() {
        put("a", 1);
        String shard = changes().shards(table()).getFirst().id();
        String seen = changes().read(table(), shard, "", 10).changes().getLast().number();
        assertThat(changes().read(table(), shard, seen, 10)).isEqualTo(new Page(List.of(), false, false));

        put("a", 2);

        for (int again = 0; again < 2; again++) {
            assertThat(changes().read(table(), shard, seen, 10).changes())
                    .extracting(change -> change.after().orElseThrow())
                    .containsExactly(image("a", 2));
        }
        assertThat(changes().read(table(), shard, "", 10).changes()).hasSize(2);
    }

    @Test
    void everyWayToWriteIsToldAndWhatChangesNothingIsNot() {
        put("a", 1);
        put("a", 1);
        items().write(new Write.Put(Item.at(key("a")).with("n", 9).build(), Condition.ABSENT));
        items().write(new Write.Edits(key("a"), List.of(new Edit.Add(Path.of("n"), 4)), Condition.ALWAYS));
        items().write(new Write.Update(key("a"), Map.of("n", Attribute.of(6)), Condition.ALWAYS));
        items().write(new Write.Delete(key("never"), Condition.ALWAYS));
        items().transact(List.of(
                new Write.Put(Item.at(key("b")).with("n", 7).build(), Condition.ALWAYS),
                new Write.Delete(key("a"), Condition.ALWAYS)));
        items().deleteAll(List.of(key("b"), key("never")));

        List<Change> all = all(10);

        assertThat(of(all, "a"))
                .containsExactly(
                        Optional.of(image("a", 1)),
                        Optional.of(image("a", 5)),
                        Optional.of(image("a", 6)),
                        Optional.empty());
        assertThat(of(all, "b")).containsExactly(Optional.of(image("b", 7)), Optional.empty());
        assertThat(all).hasSize(6);
    }

    private static List<Optional<Map<String, Attribute>>> of(List<Change> all, String partition) {
        return all.stream()
                .filter(change -> Attribute.of(partition).equals(change.keys().get("key")))
                .map(Change::after)
                .toList();
    }

    @Test
    void everyTypeOfValueIsTold() {
        Map<String, Attribute> values = Map.of(
                "text", Attribute.of("caf\u00e9 \"x\""),
                "bytes", Attribute.of(new byte[] {1, 2, -1}),
                "flag", Attribute.of(true),
                "none", new Attribute.Null(),
                "empty", Attribute.of(Map.of()),
                "deep", Attribute.of(List.of(Attribute.of(Map.of("in", Attribute.of(Map.of()))), Attribute.of(2))));
        items().write(new Write.Put(new Item(key("a"), values), Condition.ALWAYS));

        Map<String, Attribute> told = all(10).getFirst().after().orElseThrow();

        assertThat(told).containsAllEntriesOf(values).hasSize(values.size() + 2);
    }

    @Test
    void aTableThatPublishesNothingIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> changes().shards(silent()))
                .withMessageContaining("the table publishes no changes: table=" + silent().name());
        assertThatIllegalArgumentException().isThrownBy(() -> changes().read(silent(), "s", "", 1));
    }

    @Test
    void aReadOfNoneOrOfTooManyIsRefused() {
        String shard = changes().shards(table()).getFirst().id();

        for (int limit : new int[] {0, -1, TableChanges.READ_MAX + 1}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> changes().read(table(), shard, "", limit))
                    .withMessageContaining("limit=" + limit);
        }
    }
}
