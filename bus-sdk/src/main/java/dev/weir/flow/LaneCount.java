package dev.weir.flow;

import dev.weir.port.Condition;
import dev.weir.port.Item;
import dev.weir.port.Items;
import dev.weir.port.Key;
import dev.weir.port.Write;
import java.util.OptionalInt;

/** The number of lanes of a bus, recorded in it by whoever comes first: it never changes. */
public final class LaneCount {
    private LaneCount() {}

    /** The recorded number, if there is one. */
    public static OptionalInt recorded(Bus bus, Items items) {
        return items.get(key(bus))
                .map(item -> OptionalInt.of((int) item.integer("lanes")))
                .orElse(OptionalInt.empty());
    }

    /** Records the number of the bus's lanes unless one is recorded; answers what is recorded then. */
    public static int record(Bus bus, Items items) {
        Item item = Item.at(key(bus)).with("lanes", bus.lanes().count()).build();
        items.write(new Write.Put(item, Condition.ABSENT));
        return recorded(bus, items).orElse(bus.lanes().count());
    }

    private static Key key(Bus bus) {
        return new Key(bus.checkpoints(), "bus", "lanes");
    }
}
