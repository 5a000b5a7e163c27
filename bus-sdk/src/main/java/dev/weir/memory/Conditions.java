package dev.weir.memory;

import dev.weir.port.Attribute;
import dev.weir.port.Condition;
import dev.weir.port.Item;
import dev.weir.port.Key;
import dev.weir.port.Utf8Order;
import dev.weir.port.Write;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Whether a condition holds, by the rules of DynamoDB's condition expressions: another type is neither equal nor below. */
final class Conditions {
    private Conditions() {}

    static boolean holds(Write write, @Nullable Item stored) {
        return switch (write.condition()) {
            case Condition.Always _ -> true;
            case Condition.Absent _ -> stored == null;
            case Condition.Equal equal -> equal.value().equals(attribute(stored, equal.attribute()));
            case Condition.AbsentOrBelow below -> isAbsentOrBelow(attribute(stored, below.attribute()), below.value());
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

    private static boolean isAbsentOrBelow(@Nullable Attribute stored, Attribute bound) {
        if (stored == null) {
            return true;
        }
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
