package dev.weir.infra.cost;

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
 * Counts what DynamoDB bills on demand. A write counts for the larger of the item before and after it, in whole kilobytes, twice in a transaction; a
 * delete for the item that it removes; a strongly consistent read for each 4 KB, at least one. Source: Amazon DynamoDB developer guide,
 * "Read and write operations". Not thread-safe.
 */
final class MeteredItems implements Items {
    private static final int READ_UNIT_BYTES = 4 * 1024;

    private final Items items;
    private final Meter meter;

    MeteredItems(Items items, Meter meter) {
        this.items = items;
        this.meter = meter;
    }

    @Override
    public Optional<Item> get(Key key) {
        Optional<Item> item = items.get(key);
        meter.now().readUnits += item.map(MeteredItems::readUnits).orElse(1L);
        return item;
    }

    @Override
    public List<Item> getAll(Collection<Key> keys) {
        List<Item> found = items.getAll(keys);
        meter.now().readUnits +=
                found.stream().mapToLong(MeteredItems::readUnits).sum() + keys.size() - found.size();
        return found;
    }

    /** A query is billed for the sum of what it reads. */
    @Override
    public List<Item> query(Table table, String partition, String fromInclusive, String toExclusive, int limit) {
        List<Item> found = items.query(table, partition, fromInclusive, toExclusive, limit);
        meter.now().readUnits += units(found.stream().mapToLong(ItemSize::bytes).sum(), READ_UNIT_BYTES);
        return found;
    }

    /** A scan too. */
    @Override
    public Iterable<Item> scan(Table table) {
        long bytes = 0;
        for (Item item : items.scan(table)) {
            bytes += ItemSize.bytes(item);
        }
        meter.now().readUnits += units(bytes, READ_UNIT_BYTES);
        return items.scan(table);
    }

    @Override
    public WriteOutcome write(Write write) {
        long before = bytes(write.key());
        WriteOutcome outcome = items.write(write);
        meter.now().rowUnits += units(Math.max(before, bytes(write.key())), ItemSize.WRITE_UNIT_BYTES);
        return outcome;
    }

    @Override
    public WriteOutcome transact(List<Write> writes) {
        long[] before = writes.stream().mapToLong(write -> bytes(write.key())).toArray();
        WriteOutcome outcome = items.transact(writes);
        meter.now().transactions++;
        for (int i = 0; i < before.length; i++) {
            long bytes = Math.max(before[i], bytes(writes.get(i).key()));
            meter.now().commitUnits += 2 * units(bytes, ItemSize.WRITE_UNIT_BYTES);
        }
        return outcome;
    }

    @Override
    public void deleteAll(Collection<Key> keys) {
        for (Key key : keys) {
            meter.now().deleteUnits += units(bytes(key), ItemSize.WRITE_UNIT_BYTES);
        }
        items.deleteAll(keys);
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
