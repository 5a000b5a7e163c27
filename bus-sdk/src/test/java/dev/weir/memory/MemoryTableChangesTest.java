package dev.weir.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.weir.port.Attribute;
import dev.weir.port.Condition;
import dev.weir.port.Item;
import dev.weir.port.Items;
import dev.weir.port.Key;
import dev.weir.port.Table;
import dev.weir.port.TableChanges;
import dev.weir.port.TableChanges.Page;
import dev.weir.port.TableChangesContract;
import dev.weir.port.Write;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MemoryTableChangesTest extends TableChangesContract {
    private static final Table TABLE = new Table("told", "key", "sort", true);

    private final ManualTime time = new ManualTime(1_795_194_307_123L);
    private final MemoryTableChanges changes = new MemoryTableChanges(time);
    private final MemoryItems items = new MemoryItems(changes);

    @Override
    protected TableChanges changes() {
        return changes;
    }

    @Override
    protected Items items() {
        return items;
    }

    @Override
    protected Table table() {
        return TABLE;
    }

    @Override
    protected Table silent() {
        return new Table("silent", "key", null);
    }

    private void put(String partition, int n) {
        items.write(new Write.Put(
                Item.at(new Key(TABLE, partition, "s")).with("n", n).build(), Condition.ALWAYS));
    }

    private static int n(TableChanges.Change change) {
        return ((Attribute.Number) change.after().orElseThrow().get("n"))
                .value()
                .intValueExact();
    }

    @Test
    void theChangesOfAnItemStayInOrderOverSplits() {
        List<String> keys = IntStream.range(0, 20).mapToObj(i -> "key-" + i).toList();
        for (int round = 0; round < 5; round++) {
            for (String key : keys) {
                put(key, round);
            }
            changes.split(TABLE, 1 + round % 3);
        }

        List<TableChanges.Change> all = all(7);

        assertThat(changes.shards(TABLE)).hasSize(1 + 1 + 2 + 6 + 6 + 12);
        assertThat(all).hasSize(100);
        for (String key : keys) {
            assertThat(all)
                    .filteredOn(change -> Attribute.of(key).equals(change.keys().get("key")))
                    .extracting(MemoryTableChangesTest::n)
                    .as(key)
                    .containsExactly(0, 1, 2, 3, 4);
        }
    }

    @Test
    void aShardThatWasSplitEndsWithItsLastChange() {
        put("a", 1);
        put("a", 2);
        changes.split(TABLE, 2);
        put("a", 3);
        String first = changes.shards(TABLE).getFirst().id();

        Page half = changes.read(TABLE, first, "", 1);
        Page rest = changes.read(TABLE, first, half.changes().getLast().number(), 10);

        assertThat(half.isEnd()).isFalse();
        assertThat(rest.changes()).extracting(MemoryTableChangesTest::n).containsExactly(2);
        assertThat(rest.isEnd()).isTrue();
        assertThat(all(10)).hasSize(3);
    }

    @Test
    void whatIsOlderThanADayIsLostAndThatIsToldToWhoHadNotSeenIt() {
        put("a", 1);
        put("a", 2);
        String shard = changes.shards(TABLE).getFirst().id();
        List<TableChanges.Change> old = changes.read(TABLE, shard, "", 10).changes();
        time.advance(Duration.ofHours(24).plusMillis(1));
        put("a", 3);

        Page behind = changes.read(TABLE, shard, old.getFirst().number(), 10);
        Page upToDate = changes.read(TABLE, shard, old.getLast().number(), 10);

        assertThat(behind.isLost()).isTrue();
        assertThat(upToDate.isLost()).isFalse();
        for (Page page : List.of(behind, upToDate, changes.read(TABLE, shard, "", 10))) {
            assertThat(page.changes()).extracting(MemoryTableChangesTest::n).containsExactly(3);
        }
    }

    @Test
    void aShardThatEndedADayAgoIsGone() {
        put("a", 1);
        String first = changes.shards(TABLE).getFirst().id();
        changes.split(TABLE, 1);
        time.advance(Duration.ofHours(24).plusMillis(1));
        put("a", 2);

        assertThat(changes.shards(TABLE)).hasSize(1).allMatch(shard -> shard.parent()
                .isEmpty());
        assertThat(changes.read(TABLE, first, "", 10)).isEqualTo(new Page(List.of(), true, true));
        assertThat(all(10)).extracting(MemoryTableChangesTest::n).containsExactly(2);
    }

    @Test
    void aShardWithoutChildrenCannotEnd() {
        assertThatIllegalArgumentException().isThrownBy(() -> changes.split(TABLE, 0));
    }
}
