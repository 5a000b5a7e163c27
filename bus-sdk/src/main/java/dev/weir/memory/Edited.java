package dev.weir.memory;

import dev.weir.port.Attribute;
import dev.weir.port.Edit;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What becomes of an item's attributes by edits, by the rules of DynamoDB's update expressions. */
final class Edited {
    private Edited() {}

    /**
     * The attributes after all edits, or empty if the item has another shape than they need. What was there is not changed. As no path lies
     * within another's, the edits do not see each other.
     */
    static Optional<Map<String, Attribute>> of(Map<String, Attribute> attributes, List<Edit> edits) {
        Map<String, Attribute> now = attributes;
        for (Edit edit : edits) {
            now = within(now, edit.path().names(), edit);
            if (now == null) {
                return Optional.empty();
            }
        }
        return Optional.of(Map.copyOf(now));
    }

    private static @Nullable Map<String, Attribute> within(Map<String, Attribute> map, List<String> names, Edit edit) {
        String name = names.getFirst();
        Map<String, Attribute> copy = new HashMap<>(map);
        if (names.size() > 1) {
            if (!(map.get(name) instanceof Attribute.Struct struct)) {
                return null;
            }
            Map<String, Attribute> inner = within(struct.value(), names.subList(1, names.size()), edit);
            if (inner == null) {
                return null;
            }
            copy.put(name, new Attribute.Struct(Map.copyOf(inner)));
            return copy;
        }
        return apply(copy, name, edit) ? copy : null;
    }

    private static boolean apply(Map<String, Attribute> map, String name, Edit edit) {
        Attribute before = map.get(name);
        switch (edit) {
            case Edit.Set set -> map.put(name, Snapshots.of(set.value()));
            case Edit.SetIfAbsent set -> map.putIfAbsent(name, Snapshots.of(set.value()));
            case Edit.Remove _ -> map.remove(name);
            case Edit.Add add -> {
                BigDecimal amount = BigDecimal.valueOf(add.amount());
                if (before == null) {
                    map.put(name, Attribute.of(amount));
                } else if (before instanceof Attribute.Number number) {
                    map.put(name, Attribute.of(number.value().add(amount)));
                } else {
                    return false;
                }
            }
        }
        return true;
    }
}
