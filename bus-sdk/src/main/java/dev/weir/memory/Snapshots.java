package dev.weir.memory;

import dev.weir.port.Attribute;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Copies of attributes that nobody can change later, however deep. Arrays of bytes are shared, as {@link Attribute} agrees. */
final class Snapshots {
    private Snapshots() {}

    static Map<String, Attribute> of(Map<String, Attribute> attributes) {
        if (attributes.values().stream().noneMatch(Snapshots::isNested)) {
            return Map.copyOf(attributes);
        }
        Map<String, Attribute> copy = HashMap.newHashMap(attributes.size());
        attributes.forEach((name, value) -> copy.put(name, of(value)));
        return Map.copyOf(copy);
    }

    static Attribute of(Attribute value) {
        return switch (value) {
            case Attribute.Struct struct -> new Attribute.Struct(of(struct.value()));
            case Attribute.Sequence sequence -> new Attribute.Sequence(of(sequence.value()));
            case Attribute.Text _, Attribute.Number _, Attribute.Bytes _, Attribute.Flag _, Attribute.Null _ -> value;
        };
    }

    private static List<Attribute> of(List<Attribute> elements) {
        return elements.stream().map(Snapshots::of).toList();
    }

    private static boolean isNested(Attribute value) {
        return value instanceof Attribute.Struct || value instanceof Attribute.Sequence;
    }
}
