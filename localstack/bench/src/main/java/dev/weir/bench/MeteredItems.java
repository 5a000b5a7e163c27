package dev.weir.bench;

import dev.weir.port.Item;
import dev.weir.port.ItemSize;
import dev.weir.port.Items;
import dev.weir.port.Key;
import dev.weir.port.Table;
import dev.weir.port.Write;
import dev.weir.port.WriteOutcome;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Counts what DynamoDB would bill on demand. A write counts for the larger of the item before and after it, in whole kilobytes, twice in a transaction; a
 * delete for the item that it removes; a strongly consistent read for each 4 KB, at least one. Source: Amazon DynamoDB developer guide, "Read and write
 * operations". Not thread-safe.
 */
final class MeteredItems extends ItemsWrapper {
    private static final int READ_UNIT_BYTES = 4 * 1024;

    private long commitUnits;
    private long rowUnits;
    private long deleteUnits;
    private long readUnits;
    private long commits;
    private long rows;

    MeteredItems(Items items) {
        super(items);
    }

    /** Units so far. Commits are transactions; rows are plain writes that bring the state up to date. */
    record Units(long commits, long commitUnits, long rows, long rowUnits, long deleteUnits, long readUnits) {
        Units since(Units earlier) {
            return new Units(
                    commits - earlier.commits,
                    commitUnits - earlier.commitUnits,
                    rows - earlier.rows,
                    rowUnits - earlier.rowUnits,
                    deleteUnits - earlier.deleteUnits,
                    readUnits - earlier.readUnits);
        }

        long writeUnits() {
            return commitUnits + rowUnits + deleteUnits;
        }
    }

    Units units() {
        return new Units(commits, commitUnits, rows, rowUnits, deleteUnits, readUnits);
    }

    @Override
    public Optional<Item> get(Key key) {
        Optional<Item> item = super.get(key);
        readUnits += item.map(MeteredItems::readUnits).orElse(1L);
        return item;
    }

    @Override
    public List<Item> getAll(Collection<Key> keys) {
        List<Item> found = super.getAll(keys);
        readUnits += found.stream().mapToLong(MeteredItems::readUnits).sum() + keys.size() - found.size();
        return found;
    }

    /** A query is billed for the sum of what it reads. */
    @Override
    public List<Item> query(Table table, String partition, String fromInclusive, String toExclusive, int limit) {
        List<Item> found = super.query(table, partition, fromInclusive, toExclusive, limit);
        readUnits += units(found.stream().mapToLong(ItemSize::bytes).sum(), READ_UNIT_BYTES);
        return found;
    }

    @Override
    public WriteOutcome write(Write write) {
        long before = bytes(write.key());
        WriteOutcome outcome = super.write(write);
        rows++;
        rowUnits += units(Math.max(before, bytes(write.key())), ItemSize.WRITE_UNIT_BYTES);
        return outcome;
    }

    @Override
    public WriteOutcome transact(List<Write> writes) {
        long[] before = writes.stream().mapToLong(write -> bytes(write.key())).toArray();
        WriteOutcome outcome = super.transact(writes);
        commits++;
        for (int i = 0; i < before.length; i++) {
            long bytes = Math.max(before[i], bytes(writes.get(i).key()));
            commitUnits += 2 * units(bytes, ItemSize.WRITE_UNIT_BYTES);
        }
        return outcome;
    }

    @Override
    public void deleteAll(Collection<Key> keys) {
        for (Key key : keys) {
            deleteUnits += units(bytes(key), ItemSize.WRITE_UNIT_BYTES);
        }
        super.deleteAll(keys);
    }

    private long bytes(Key key) {
        return items.get(key).map(ItemSize::bytes).orElse(0);
    }

    private static long readUnits(Item item) {
        return units(ItemSize.bytes(item), READ_UNIT_BYTES);
    }

    private static long units(long bytes, int unit) {
        return Math.max(1, (bytes + unit - 1) / unit);
    }
}
