package dev.weir.flow;

import dev.weir.port.Attribute;
import dev.weir.port.Condition;
import dev.weir.port.Item;
import dev.weir.port.Items;
import dev.weir.port.Key;
import dev.weir.port.StoreUnavailableException;
import dev.weir.port.Time;
import dev.weir.port.Write;
import dev.weir.port.WriteOutcome;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * Whether a bot may run: an item that an operator writes, or the spine when the bot is rogue, and that an operator removes. A copy of the
 * function reads it before a batch, unless it has read it just now; so a bot on a stream stops within {@link #LOOK_PERIOD} and a batch. Its
 * stream keeps what comes, as long as the stream keeps anything. Thread-safe.
 */
public final class Control {

    /** So long a copy of the function goes on before it looks again. */
    public static final Duration LOOK_PERIOD = Duration.ofSeconds(1);

    private static final String ROGUE = "rogue";
    private static final String PAUSED = "paused";
    private static final int ATTEMPTS_MAX = 5;

    private final Key key;
    private final Items items;
    private final Time time;
    private boolean known;
    private boolean rogue;
    private long knownMillis;

    Control(Key key, Items items, Time time) {
        this.key = key;
        this.items = items;
        this.time = time;
    }

    synchronized boolean isPaused() {
        long now = time.epochMillis();
        if (!known || now < knownMillis || now - knownMillis >= LOOK_PERIOD.toMillis()) {
            Optional<Stop> stop = items.get(key).flatMap(Control::stop);
            known = stop.isEmpty();
            rogue = stop.filter(Stop::isRogue).isPresent();
            knownMillis = now;
        }
        return !known;
    }

    synchronized void pause(String reason) {
        known = false;
        rogue = true;
        items.write(stopping(key, ROGUE, reason, time));
    }

    /** Whether the bot was seen to be stopped by itself when this last looked. */
    synchronized boolean isRogue() {
        return rogue;
    }

    /**
     * Why a bot may not run.
     *
     * @param isRogue whether it stopped itself, because its code failed for many keys; if not, somebody paused it
     * @param reason for people
     * @param sinceMillis when it was stopped, in milliseconds since the epoch
     */
    public record Stop(boolean isRogue, String reason, long sinceMillis) {}

    /** Whether a bot may not run, and why. */
    public static Optional<Stop> stop(Bus bus, String bot, Items items) {
        return items.get(bus.control(bot)).flatMap(Control::stop);
    }

    private static Optional<Stop> stop(Item item) {
        String status = item.textOr("status", "");
        return status.isEmpty()
                ? Optional.empty()
                : Optional.of(new Stop(status.equals(ROGUE), item.textOr("reason", ""), item.integerOr("since", 0)));
    }

    /**
     * Keeps a bot from beginning a further batch, whatever it reads. What it has begun it ends. Throws {@link StoreUnavailableException} if
     * the store does not take it.
     *
     * @param reason for those who ask later
     * @return false if it was stopped already; why it was stays
     */
    public static boolean pause(Bus bus, String bot, String reason, Items items, Time time) {
        if (stop(bus, bot, items).isPresent()) {
            return false;
        }
        insist(items, stopping(bus.control(bot), PAUSED, reason, time));
        return true;
    }

    /** Lets a stopped bot run again. Throws {@link StoreUnavailableException} if the store does not take it. */
    public static void resume(Bus bus, String bot, Items items) {
        insist(items, new Write.Delete(bus.control(bot), Condition.ALWAYS));
    }

    private static Write stopping(Key key, String status, String reason, Time time) {
        return new Write.Update(
                key,
                Map.of(
                        "status", Attribute.of(status),
                        "reason", Attribute.of(reason),
                        "since", Attribute.of(time.epochMillis())),
                Condition.ALWAYS);
    }

    /** An operator is to know that it is done. */
    private static void insist(Items items, Write write) {
        WriteOutcome last = items.write(write);
        for (int attempt = 1; attempt < ATTEMPTS_MAX && !(last instanceof WriteOutcome.Written); attempt++) {
            last = items.write(write);
        }
        if (!(last instanceof WriteOutcome.Written)) {
            throw new StoreUnavailableException("whether a bot may run was not written: item=" + write.key()
                    + " attempts=" + ATTEMPTS_MAX + " last=" + last);
        }
    }
}
