package dev.weir.flow;

import dev.weir.port.Attribute;
import dev.weir.port.Condition;
import dev.weir.port.Items;
import dev.weir.port.Key;
import dev.weir.port.Time;
import dev.weir.port.Write;
import java.util.Map;

/**
 * Whether a bot may run: an item that the spine writes when the bot is rogue and that an operator removes. It is read by a copy of the
 * function that has no lane in memory or that was paused itself; others find out by failing too. Thread-safe.
 */
public final class Control {
    private final Key key;
    private final Items items;
    private final Time time;
    private boolean known;

    Control(Key key, Items items, Time time) {
        this.key = key;
        this.items = items;
        this.time = time;
    }

    synchronized boolean isPaused() {
        if (!known) {
            boolean paused = items.get(key)
                    .map(item -> !item.textOr("status", "").isEmpty())
                    .orElse(false);
            known = !paused;
            return paused;
        }
        return false;
    }

    synchronized void pause(String reason) {
        known = false;
        items.write(new Write.Update(
                key,
                Map.of(
                        "status", Attribute.of("rogue"),
                        "reason", Attribute.of(reason),
                        "since", Attribute.of(time.epochMillis())),
                Condition.ALWAYS));
    }

    /** Lets a paused bot run again. */
    public static void resume(Bus bus, String bot, Items items) {
        items.write(new Write.Delete(bus.control(bot), Condition.ALWAYS));
    }
}
