package dev.weir.flow;

import dev.weir.graph.Graph;
import dev.weir.graph.Table;
import dev.weir.model.Json;
import dev.weir.model.LaneId;
import dev.weir.port.Item;
import dev.weir.port.Items;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Reads a bot's whole state as committed: the rows, overlaid with the journals of the lanes, parts of spread keys merged. For operators,
 * audits and tests; exact when the bot is at rest. Thread-safe.
 */
public final class StateView<V> {
    private final Graph<?, V, ?> graph;
    private final Bus bus;
    private final Items items;

    public StateView(Graph<?, V, ?> graph, Bus bus, Items items) {
        this.graph = graph;
        this.bus = bus;
        this.items = items;
    }

    /** Every key that was ever written, with its value, by key. */
    public TreeMap<String, V> all() {
        Table<V> table = graph.table();
        Map<String, Map<String, V>> byLane = new HashMap<>();
        for (Item row : items.scan(bus.state(graph.name(), table.name()))) {
            if (row.get("value") != null) {
                V value = table.codec().decode(Json.of(row.text("value").getBytes(StandardCharsets.UTF_8)));
                byLane.computeIfAbsent(String.valueOf(row.key().sort()), _ -> new HashMap<>())
                        .put(row.key().partition(), value);
            }
        }
        for (int i = 0; i < bus.lanes().count(); i++) {
            LaneId.Slice lane = new LaneId.Slice(i);
            Lane<?, V> loaded = new LaneStore<>(graph, bus, items, Optional.empty()).load(lane, 0);
            for (Slot<V> slot : loaded.slots.changedSince(1)) {
                if (slot.present) {
                    byLane.computeIfAbsent(lane.text(), _ -> new HashMap<>()).put(slot.key, slot.value);
                }
            }
        }
        TreeMap<String, V> all = new TreeMap<>();
        byLane.values().forEach(values -> values.forEach((key, value) -> all.merge(key, value, table.merge())));
        return all;
    }
}
