package dev.weir.local.simulate;

import dev.weir.flow.Bus;
import dev.weir.local.audit.QueueLog;
import dev.weir.local.simulator.Stage;
import dev.weir.port.Item;
import dev.weir.port.Key;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** Every state that the queues of a bus and their heads were ever in. */
final class BusHistory {

    /** From a moment on an item was so, or was not there. */
    private record Version(long fromMillis, Optional<Item> item) {}

    private final Bus bus;
    private final Map<String, Map<String, NavigableMap<String, List<Version>>>> tables = new LinkedHashMap<>();
    private final Map<String, QueueLog> written = new TreeMap<>();
    private final NavigableMap<String, Item> strange = new TreeMap<>(); // chunks above the stranger's head
    private long changes;

    BusHistory(Bus bus, Stage stage) {
        this.bus = bus;
        for (var table : List.of(bus.queues(), bus.heads())) {
            stage.onChange(
                    table, (key, after) -> changed(key, after, stage.time().epochMillis()));
        }
    }

    private void changed(Key key, Optional<Item> after, long nowMillis) {
        changes++;
        versions(key.table().name(), key.partition())
                .computeIfAbsent(String.valueOf(key.sort()), _ -> new ArrayList<>())
                .add(new Version(nowMillis, after));
        boolean isChunk = key.table().name().equals(bus.queues().name());
        if (key.partition().equals(BusStranger.QUEUE)) {
            after.ifPresent(item -> strange(isChunk, item));
        } else if (isChunk && !key.partition().contains("/_")) {
            after.ifPresent(item -> log(key.partition()).add(String.valueOf(key.sort()), item));
        }
    }

    /** What a stranger writes is written when he moves the head, and then in the order of ids. */
    private void strange(boolean isChunk, Item item) {
        if (isChunk) {
            strange.put(String.valueOf(item.key().sort()), item);
        } else {
            var visible = strange.headMap(item.textOr("max_eid", ""), true);
            visible.forEach(log(BusStranger.QUEUE)::add);
            visible.clear();
        }
    }

    private QueueLog log(String queue) {
        return written.computeIfAbsent(queue, QueueLog::new);
    }

    private NavigableMap<String, List<Version>> versions(String table, String partition) {
        return tables.computeIfAbsent(table, _ -> new LinkedHashMap<>())
                .computeIfAbsent(partition, _ -> new TreeMap<>());
    }

    /** What was ever written to each queue, by its physical name. */
    Map<String, QueueLog> written() {
        return written;
    }

    /** How often anything changed. */
    long changes() {
        return changes;
    }

    /** An item as it was at a moment. */
    Optional<Item> get(Key key, long asOfMillis) {
        List<Version> versions =
                versions(key.table().name(), key.partition()).getOrDefault(String.valueOf(key.sort()), List.of());
        return at(versions, asOfMillis);
    }

    /** Items of a partition as they were at a moment. */
    List<Item> query(String table, String partition, String from, String to, int limit, long asOfMillis) {
        if (from.compareTo(to) >= 0) {
            return List.of();
        }
        return versions(table, partition).subMap(from, true, to, false).values().stream()
                .flatMap(versions -> at(versions, asOfMillis).stream())
                .limit(limit)
                .toList();
    }

    private static Optional<Item> at(List<Version> versions, long asOfMillis) {
        for (int i = versions.size() - 1; i >= 0; i--) {
            if (versions.get(i).fromMillis <= asOfMillis) {
                return versions.get(i).item;
            }
        }
        return Optional.empty();
    }
}
