package dev.weir.memory;

import dev.weir.port.Attribute;
import dev.weir.port.Item;
import dev.weir.port.ItemLimits;
import dev.weir.port.ItemSize;
import dev.weir.port.Items;
import dev.weir.port.Key;
import dev.weir.port.Table;
import dev.weir.port.Utf8Order;
import dev.weir.port.Write;
import dev.weir.port.WriteOutcome;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * {@link Items} in memory: the whole contract, no network, nothing durable. A table exists as soon as it is named.
 *
 * <p>Thread-safe: one lock, held while a call looks or writes and never while it checks limits or copies. Every item that is read is
 * an immutable snapshot. It never answers {@link WriteOutcome.Retry} or {@link WriteOutcome.Unknown}.
 */
public final class MemoryItems implements Items {

    /** The sort value of the items of a table that has none. No stored sort value is empty. */
    private static final String NO_SORT = "";

    /** In the order of UTF-8 as those that hold something: an empty map of Java's own order refuses some ranges. */
    private static final NavigableMap<String, Item> NO_ITEMS =
            Collections.unmodifiableNavigableMap(new TreeMap<>(Utf8Order.ASCENDING));

    private final Object lock = new Object();

    /** Items by table name, then by partition, then by sort value. */
    private final Map<String, Map<String, NavigableMap<String, Item>>> tables = new HashMap<>();

    private final Listener listener;

    /** Is told of every item that changes, one after another. */
    @FunctionalInterface
    interface Listener {
        void changed(Key key, @Nullable Item before, @Nullable Item after);
    }

    /** Whose changes nobody follows. */
    public MemoryItems() {
        this.listener = (_, _, _) -> {};
    }

    /** @param changes takes the changes of the tables that publish them */
    public MemoryItems(MemoryTableChanges changes) {
        this.listener = changes::add;
    }

    @Override
    public Optional<Item> get(Key key) {
        ItemLimits.check(key);
        synchronized (lock) {
            return Optional.ofNullable(find(key));
        }
    }

    @Override
    public List<Item> getAll(Collection<Key> keys) {
        keys.forEach(ItemLimits::check);
        Map<Key, Item> found = LinkedHashMap.newLinkedHashMap(keys.size());
        synchronized (lock) {
            for (Key key : keys) {
                Item item = find(key);
                if (item != null) {
                    found.put(key, item);
                }
            }
        }
        return List.copyOf(found.values());
    }

    @Override
    public List<Item> query(Table table, String partition, String fromInclusive, String toExclusive, int limit) {
        ItemLimits.checkQuery(table, partition, fromInclusive, toExclusive, limit);
        if (Utf8Order.ASCENDING.compare(fromInclusive, toExclusive) >= 0) {
            return List.of();
        }
        synchronized (lock) {
            List<Item> found = new ArrayList<>();
            for (Item item : partition(table, partition)
                    .subMap(fromInclusive, true, toExclusive, false)
                    .values()) {
                if (found.size() == limit) {
                    break;
                }
                found.add(item);
            }
            return Collections.unmodifiableList(found);
        }
    }

    @Override
    public Iterable<Item> scan(Table table) {
        synchronized (lock) {
            return tables.getOrDefault(table.name(), Map.of()).values().stream()
                    .flatMap(items -> items.values().stream())
                    .toList();
        }
    }

    @Override
    public WriteOutcome write(Write write) {
        ItemLimits.check(write);
        return apply(List.of(write));
    }

    @Override
    public WriteOutcome transact(List<Write> writes) {
        List<Write> all = List.copyOf(writes);
        ItemLimits.checkTransaction(all);
        return apply(all);
    }

    @Override
    public void deleteAll(Collection<Key> keys) {
        keys.forEach(ItemLimits::check);
        synchronized (lock) {
            keys.forEach(this::remove);
        }
    }

    private WriteOutcome apply(List<Write> writes) {
        List<Map<String, Attribute>> given =
                writes.stream().map(MemoryItems::given).toList();
        synchronized (lock) {
            List<Key> failed = failed(writes);
            if (!failed.isEmpty()) {
                return new WriteOutcome.ConditionFailed(failed);
            }
            // What every item becomes, before any changes: a merged item can break a limit, and then nothing is
            // written.
            List<@Nullable Item> items = new ArrayList<>(writes.size());
            for (int i = 0; i < writes.size(); i++) {
                items.add(after(writes.get(i), given.get(i)));
            }
            for (int i = 0; i < writes.size(); i++) {
                store(writes.get(i).key(), items.get(i));
            }
            return WriteOutcome.WRITTEN;
        }
    }

    private List<Key> failed(List<Write> writes) {
        List<Key> failed = List.of();
        for (Write write : writes) {
            Item stored = find(write.key());
            if (!Conditions.holds(write, stored)) {
                failed = failed.isEmpty() ? new ArrayList<>() : failed;
                failed.add(write.key());
            } else if (!fits(write, stored)) {
                return writes.stream()
                        .filter(Write.Edits.class::isInstance)
                        .map(Write::key)
                        .toList();
            }
        }
        return Collections.unmodifiableList(failed);
    }

    private static boolean fits(Write write, @Nullable Item stored) {
        return !(write instanceof Write.Edits edits)
                || Edited.of(attributes(stored), edits.edits()).isPresent();
    }

    private static Map<String, Attribute> attributes(@Nullable Item stored) {
        return stored == null ? Map.of() : stored.attributes();
    }

    private static Map<String, Attribute> given(Write write) {
        return switch (write) {
            case Write.Put put -> Snapshots.of(put.item().attributes());
            case Write.Update update -> Snapshots.of(update.set());
            case Write.Edits _, Write.Delete _ -> Map.of();
        };
    }

    private @Nullable Item after(Write write, Map<String, Attribute> given) {
        return switch (write) {
            case Write.Put put -> new Item(put.key(), given);
            case Write.Update update -> merged(update.key(), given);
            case Write.Edits edits -> edited(edits);
            case Write.Delete _ -> null;
        };
    }

    private Item merged(Key key, Map<String, Attribute> set) {
        Item before = find(key);
        if (before == null) {
            return new Item(key, set);
        }
        Map<String, Attribute> attributes = new HashMap<>(before.attributes());
        attributes.putAll(set);
        Item item = new Item(key, Map.copyOf(attributes));
        ItemLimits.checkItemBytes(key, ItemSize.bytes(item));
        return item;
    }

    private Item edited(Write.Edits write) {
        Item item = new Item(
                write.key(),
                Edited.of(attributes(find(write.key())), write.edits()).orElseThrow());
        ItemLimits.checkItemBytes(write.key(), ItemSize.bytes(item));
        return item;
    }

    private void store(Key key, @Nullable Item item) {
        if (item == null) {
            remove(key);
            return;
        }
        Item before = tables.computeIfAbsent(key.table().name(), _ -> new HashMap<>())
                .computeIfAbsent(key.partition(), _ -> new TreeMap<>(Utf8Order.ASCENDING))
                .put(sort(key), item);
        listener.changed(key, before, item);
    }

    private void remove(Key key) {
        Map<String, NavigableMap<String, Item>> partitions =
                tables.getOrDefault(key.table().name(), Map.of());
        NavigableMap<String, Item> items = partitions.get(key.partition());
        Item before = items == null ? null : items.remove(sort(key));
        if (items != null && items.isEmpty()) {
            partitions.remove(key.partition());
        }
        listener.changed(key, before, null);
    }

    private @Nullable Item find(Key key) {
        return partition(key.table(), key.partition()).get(sort(key));
    }

    private NavigableMap<String, Item> partition(Table table, String partition) {
        return tables.getOrDefault(table.name(), Map.of()).getOrDefault(partition, NO_ITEMS);
    }

    private static String sort(Key key) {
        String sort = key.sort();
        return sort == null ? NO_SORT : sort;
    }
}
