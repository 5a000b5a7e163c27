package dev.weir.queue;

import dev.weir.port.Attribute;
import dev.weir.port.Item;
import dev.weir.port.Time;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Follows an event up and down. For one trace; not thread-safe. */
final class Tracer {

    /** Clocks of a bus may differ: children are looked for from this much before their parent on. */
    private static final long SKEW_MILLIS = 60_000;

    private static final int PAGE_EVENTS = 1_000;

    /** A bot as its row says it: how far it read, and what it writes. */
    private record Bot(String id, Map<String, String> read, Set<String> writes) {}

    private final Queues queues;
    private final Time time;
    private final TraceLimits limits;
    private final long endMillis;
    private final List<Bot> bots = new ArrayList<>();
    private final Set<String> seen = new HashSet<>();
    private final Set<String> waiting = new TreeSet<>();
    private boolean complete = true;

    Tracer(Queues queues, Iterable<Item> rows, Time time, TraceLimits limits) {
        this.queues = queues;
        this.time = time;
        this.limits = limits;
        this.endMillis = time.epochMillis() + limits.millis();
        rows.forEach(row -> bots.add(bot(row)));
    }

    Trace trace(QueueEvent event) {
        seen.add(name(event));
        return new Trace(event, up(event), down(event, 1), List.copyOf(waiting), complete);
    }

    private List<Trace.Up> up(QueueEvent event) {
        List<Trace.Up> up = new ArrayList<>();
        Optional<Correlation> from = event.correlation();
        while (from.isPresent() && mayGoOn(up.size())) {
            Optional<QueueEvent> source = find(from.get());
            up.add(new Trace.Up(from.get(), source));
            boolean isNew = source.isPresent() && seen.add(name(source.get()));
            from = isNew ? source.get().correlation() : Optional.empty();
        }
        return up;
    }

    private Optional<QueueEvent> find(Correlation from) {
        for (QueueName part : queues.parts(QueueName.of(key(from.source())))) {
            Optional<QueueEvent> found = queues.find(part, from.start());
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private List<Trace.Down> down(QueueEvent event, int hop) {
        List<Trace.Down> down = new ArrayList<>();
        for (Bot bot : bots) {
            Optional<String> read = reads(bot, event.queue());
            if (read.isPresent() && read.get().compareTo(event.eid()) < 0) {
                waiting.add(bot.id() + " <- " + event.queue());
            } else if (read.isPresent()) {
                bot.writes().forEach(queue -> children(bot, event, queue, hop, down));
            }
        }
        return down;
    }

    private void children(Bot bot, QueueEvent parent, String queue, int hop, List<Trace.Down> down) {
        EventReader reader = queues.readerOfAll(QueueName.of(queue), Eids.before(parent.eid(), SKEW_MILLIS));
        long read = 0;
        Page page;
        do {
            if (read >= limits.readPerQueue() || !mayGoOn(hop - 1)) {
                complete = false;
                return;
            }
            page = reader.next(ReadLimits.DEFAULTS.withEvents(PAGE_EVENTS));
            read += page.entries().size();
            complete &= !(page.stop() instanceof Stop.Unreadable);
            for (QueueEvent event : page.events()) {
                if (isChild(event, parent) && isOf(bot, event) && seen.add(name(event))) {
                    down.add(new Trace.Down(bot.id(), event, down(event, hop + 1)));
                }
            }
        } while (!page.isEnd() && !(page.stop() instanceof Stop.Unreadable));
    }

    /** Whatever the bot's row says, an event says itself who made it. */
    private static boolean isOf(Bot bot, QueueEvent event) {
        return event.writer().map(bot.id()::equals).orElse(true);
    }

    private static boolean isChild(QueueEvent event, QueueEvent parent) {
        return event.correlation()
                .filter(from -> refersTo(from.source(), parent.queue()) && from.covers(parent.eid()))
                .isPresent();
    }

    private boolean mayGoOn(int hops) {
        boolean may = hops < limits.hops() && seen.size() < limits.events() && time.epochMillis() < endMillis;
        complete &= may;
        return may;
    }

    private static Optional<String> reads(Bot bot, String queue) {
        return bot.read().entrySet().stream()
                .filter(entry -> refersTo(entry.getKey(), queue))
                .map(Map.Entry::getValue)
                .max(String::compareTo);
    }

    /** Whether a reference, or a key, names a queue, or the queue whose sub-queue it is. */
    private static boolean refersTo(String reference, String queue) {
        String key = key(reference);
        return key.equals(queue) || Queues.isLaneOf(key, queue);
    }

    /** A reference with a type is taken apart; anything else is a key, also one that begins with {@code s_}. */
    private static String key(String reference) {
        return reference.matches("(?i)(system|queue|bot):.+")
                ? QueueName.parse(reference).key()
                : reference;
    }

    private static String name(QueueEvent event) {
        return event.queue() + " " + event.eid();
    }

    private static Bot bot(Item row) {
        Map<String, Attribute> checkpoints = struct(row.get("checkpoints"));
        Map<String, String> read = new TreeMap<>();
        struct(checkpoints.get("read")).forEach((queue, checkpoint) -> {
            if (struct(checkpoint).get("checkpoint") instanceof Attribute.Text(String eid)) {
                read.put(queue, eid);
            }
        });
        Set<String> writes = new TreeSet<>();
        struct(checkpoints.get("write")).keySet().forEach(queue -> writes.add(key(queue)));
        return new Bot(row.key().partition(), read, writes);
    }

    private static Map<String, Attribute> struct(@Nullable Attribute value) {
        return value instanceof Attribute.Struct(Map<String, Attribute> fields) ? fields : Map.of();
    }
}
