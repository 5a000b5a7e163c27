package dev.weir.bot;

import dev.weir.flow.Bus;
import dev.weir.port.Attribute;
import dev.weir.port.Condition;
import dev.weir.port.Item;
import dev.weir.port.Items;
import dev.weir.port.Key;
import dev.weir.port.Write;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * How far the instances of a bot have read: for each, and for each queue, the event up to which all lanes of the instance are done. A
 * mark says nothing false, however old it is, so marks of another number of instances count too. Not thread-safe.
 *
 * <p>Kept in the partition of the bot: {@code mark#<instances>#<instance>}.
 */
final class Marks {
    private static final String KIND = "mark#";

    /** How far in which pass. */
    record Mark(long pass, String eid) {
        Attribute toAttribute() {
            return Attribute.of(pass + " " + eid);
        }

        static Mark parse(String text) {
            int space = text.indexOf(' ');
            return new Mark(Long.parseLong(text.substring(0, space)), text.substring(space + 1));
        }
    }

    private final Bus bus;
    private final String bot;
    private final Items items;
    private final FanOut own;
    private final Map<FanOut, Map<String, Mark>> all = new HashMap<>();

    Marks(Bus bus, String bot, Items items, FanOut own) {
        this.bus = bus;
        this.bot = bot;
        this.items = items;
        this.own = own;
    }

    /** Reads what all instances have stored; this one's own marks stay as they are in memory if they were ever set. */
    void load() {
        Map<String, Mark> mine = all.get(own);
        all.clear();
        for (Item item : items.query(bus.checkpoints(), bot, KIND, "mark$", Integer.MAX_VALUE)) {
            FanOut instance = new FanOut((int) item.integer("instance"), (int) item.integer("instances"));
            Map<String, Mark> marks = new LinkedHashMap<>();
            item.struct("queues").forEach((queue, mark) -> {
                if (mark instanceof Attribute.Text(String text)) {
                    marks.put(queue, Mark.parse(text));
                }
            });
            all.put(instance, marks);
        }
        if (mine != null) {
            all.put(own, mine);
        }
    }

    /** The lanes of this instance are done up to here. */
    void set(String queue, Mark mark) {
        all.computeIfAbsent(own, _ -> new LinkedHashMap<>()).put(queue, mark);
    }

    /** Stores this instance's marks, for the others. */
    void store() {
        Map<String, Attribute> queues = new LinkedHashMap<>();
        all.getOrDefault(own, Map.of()).forEach((queue, mark) -> queues.put(queue, mark.toAttribute()));
        String sort = String.format(Locale.ROOT, "%s%04d#%04d", KIND, own.instances(), own.instance());
        Item item = Item.at(new Key(bus.checkpoints(), bot, sort))
                .with("instance", own.instance())
                .with("instances", own.instances())
                .with("queues", Attribute.of(queues))
                .build();
        items.write(new Write.Put(item, Condition.ALWAYS)); // lost, it is written again with the next page
    }

    /** How far one lane is done in a queue: what was stored for all lanes, or what its instances say beyond that. */
    String of(int lane, String queue, long pass, String stored) {
        String furthest = stored;
        for (Map.Entry<FanOut, Map<String, Mark>> each : all.entrySet()) {
            Mark mark = each.getValue().get(queue);
            if (mark != null && mark.pass == pass && each.getKey().test(lane) && mark.eid.compareTo(furthest) > 0) {
                furthest = mark.eid;
            }
        }
        return furthest;
    }
}
