package dev.weir.memory;

import dev.weir.port.Attribute;
import dev.weir.port.Condition;
import dev.weir.port.Item;
import dev.weir.port.Key;
import dev.weir.port.Path;
import dev.weir.port.Utf8Order;
import dev.weir.port.Write;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Whether a condition holds, by the rules of DynamoDB's condition expressions: another type is neither equal nor below. */
final class Conditions {
    private Conditions() {}

    static boolean holds(Write write, @Nullable Item stored) {
        return holds(write.condition(), stored);
    }

    private static boolean holds(Condition condition, @Nullable Item stored) {
        return switch (condition) {
            case Condition.Always _ -> true;
            case Condition.Absent _ -> stored == null;
            case Condition.Equal equal -> equal.value().equals(attribute(stored, equal.attribute()));
            case Condition.AbsentOrBelow below -> {
                Attribute value = attribute(stored, below.attribute());
                yield value == null || isBelow(value, below.value());
            }
            case Condition.AbsentAt absent -> at(stored, absent.path()) == null;
            case Condition.ComparedAt compared -> isSo(at(stored, compared.path()), compared);
            case Condition.AllOf all -> all.conditions().stream().allMatch(each -> holds(each, stored));
            case Condition.AnyOf any -> any.conditions().stream().anyMatch(each -> holds(each, stored));
        };
    }

    /** Key attributes are attributes too. */
    private static @Nullable Attribute attribute(@Nullable Item stored, String name) {
        if (stored == null) {
            return null;
        }
        Key key = stored.key();
        String sort = key.sort();
        if (name.equals(key.table().partition())) {
            return Attribute.of(key.partition());
        }
        return sort != null && name.equals(key.table().sort()) ? Attribute.of(sort) : stored.get(name);
    }

    private static @Nullable Attribute at(@Nullable Item stored, Path path) {
        Attribute value = attribute(stored, path.attribute());
        for (String name : path.names().subList(1, path.names().size())) {
            value = value instanceof Attribute.Struct struct ? struct.value().get(name) : null;
        }
        return value;
    }

    private static boolean isSo(@Nullable Attribute stored, Condition.ComparedAt compared) {
        Attribute value = compared.value();
        return stored != null
                && switch (compared.comparison()) {
                    case EQUAL -> stored.equals(value);
                    case BELOW -> isBelow(stored, value);
                    case AT_MOST -> stored.equals(value) || isBelow(stored, value);
                };
    }

    private static boolean isBelow(Attribute stored, Attribute bound) {
        return switch (bound) {
            case Attribute.Number number ->
                stored instanceof Attribute.Number other && other.value().compareTo(number.value()) < 0;
            case Attribute.Text text ->
                stored instanceof Attribute.Text other && Utf8Order.ASCENDING.compare(other.value(), text.value()) < 0;
            case Attribute.Bytes bytes ->
                stored instanceof Attribute.Bytes other && Arrays.compareUnsigned(other.value(), bytes.value()) < 0;
            case Attribute.Flag _, Attribute.Struct _, Attribute.Sequence _, Attribute.Null _ -> false;
        };
    }
}
