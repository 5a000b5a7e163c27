package dev.weir.memory;

import dev.weir.port.Attribute;
import dev.weir.port.Item;
import dev.weir.port.Key;
import dev.weir.port.Table;
import dev.weir.port.TableChanges;
import dev.weir.port.Time;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * {@link TableChanges} in memory: what {@link MemoryItems} that were made with it write to tables that publish changes. A table has one shard
 * until it is split. Changes are kept for 24 hours of the given time. The items of a change are whole, key attributes included.
 *
 * <p>As in DynamoDB, a write that leaves an item as it was is no change. Thread-safe.
 */
public final class MemoryTableChanges implements TableChanges {
    private static final Duration KEPT = Duration.ofHours(24);

    /** The last number of 21 digits but two: soon they have 22, and whoever compares them as text is found out. */
    private static final BigInteger FIRST = BigInteger.TEN.pow(21).subtract(BigInteger.TWO);

    private final Time time;
    private final Object lock = new Object();

    /** The first shard of each table, and from it all others. */
    private final Map<String, Log> tables = new HashMap<>();

    private BigInteger number = FIRST;
    private int shards;

    /** A shard. */
    private static final class Log {
        final String id;
        final Optional<Log> parent;
        final List<Log> children = new ArrayList<>();
        final List<Change> changes = new ArrayList<>();
        BigInteger lost = BigInteger.ZERO;
        long endMillis = Long.MAX_VALUE;

        Log(String id, Optional<Log> parent) {
            this.id = id;
            this.parent = parent;
        }

        boolean isEnd() {
            return !children.isEmpty();
        }

        Stream<Log> all() {
            return Stream.concat(Stream.of(this), children.stream().flatMap(Log::all));
        }
    }

    /** @param time when changes are made, and how long they are kept */
    public MemoryTableChanges(Time time) {
        this.time = time;
    }

    @Override
    public List<ChangeShard> shards(Table table) {
        synchronized (lock) {
            return kept(table)
                    .map(log -> new ChangeShard(
                            log.id, log.parent.filter(this::isKept).map(parent -> parent.id)))
                    .toList();
        }
    }

    @Override
    public Page read(Table table, String shard, String after, int limit) {
        if (limit < 1 || limit > READ_MAX) {
            throw new IllegalArgumentException(
                    "a read is of 1 to " + READ_MAX + " changes: limit=" + limit + " table=" + table.name());
        }
        synchronized (lock) {
            return kept(table)
                    .filter(log -> log.id.equals(shard))
                    .findFirst()
                    .map(log -> page(log, after, limit))
                    .orElseGet(() -> new Page(List.of(), true, true));
        }
    }

    private Page page(Log log, String after, int limit) {
        while (!log.changes.isEmpty() && log.changes.getFirst().millis() < oldestMillis()) {
            log.lost = new BigInteger(log.changes.removeFirst().number());
        }
        BigInteger from = after.isEmpty() ? BigInteger.ZERO : new BigInteger(after);
        List<Change> rest = log.changes.stream()
                .filter(change -> new BigInteger(change.number()).compareTo(from) > 0)
                .toList();
        List<Change> some = rest.subList(0, Math.min(limit, rest.size()));
        boolean isLost = !after.isEmpty() && from.compareTo(log.lost) < 0;
        return new Page(some, log.isEnd() && some.size() == rest.size(), isLost);
    }

    /**
     * Ends the open shards of a table. Each gets children, and the changes of an item from now on are all in one of them.
     *
     * @param children of each, at least 1
     */
    public void split(Table table, int children) {
        if (children < 1) {
            throw new IllegalArgumentException("a shard that ends goes on somewhere: children=" + children);
        }
        synchronized (lock) {
            for (Log log : first(table).all().filter(log -> !log.isEnd()).toList()) {
                for (int i = 0; i < children; i++) {
                    log.children.add(new Log(nextId(), Optional.of(log)));
                }
                log.endMillis = time.epochMillis();
            }
        }
    }

    /** As {@link MemoryItems} tells it, under its lock. */
    void add(Key key, @Nullable Item before, @Nullable Item after) {
        if (!key.table().changes() || Objects.equals(before, after)) {
            return;
        }
        Optional<Map<String, Attribute>> was = Optional.ofNullable(before).map(MemoryTableChanges::whole);
        Optional<Map<String, Attribute>> is = Optional.ofNullable(after).map(MemoryTableChanges::whole);
        synchronized (lock) {
            Log log = first(key.table());
            for (int hash = key.partition().hashCode(); log.isEnd(); hash *= 31) {
                log = log.children.get(Math.floorMod(hash >> 8, log.children.size()));
            }
            log.changes.add(new Change(number.toString(), time.epochMillis(), whole(key, Map.of()), was, is));
            number = number.add(BigInteger.ONE);
        }
    }

    private Stream<Log> kept(Table table) {
        return first(table).all().filter(this::isKept);
    }

    private boolean isKept(Log log) {
        return log.endMillis >= oldestMillis();
    }

    private long oldestMillis() {
        return time.epochMillis() - KEPT.toMillis();
    }

    private Log first(Table table) {
        if (!table.changes()) {
            throw new IllegalArgumentException("the table publishes no changes: table=" + table.name());
        }
        return tables.computeIfAbsent(table.name(), _ -> new Log(nextId(), Optional.empty()));
    }

    private String nextId() {
        return "shard-" + shards++;
    }

    private static Map<String, Attribute> whole(Item item) {
        return whole(item.key(), item.attributes());
    }

    private static Map<String, Attribute> whole(Key key, Map<String, Attribute> attributes) {
        Map<String, Attribute> whole = new HashMap<>(attributes);
        whole.put(key.table().partition(), Attribute.of(key.partition()));
        String name = key.table().sort();
        String sort = key.sort();
        if (name != null && sort != null) {
            whole.put(name, Attribute.of(sort));
        }
        return Map.copyOf(whole);
    }
}
