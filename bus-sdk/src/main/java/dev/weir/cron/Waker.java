package dev.weir.cron;

import dev.weir.port.Attribute;
import dev.weir.port.Condition;
import dev.weir.port.Edit;
import dev.weir.port.Item;
import dev.weir.port.ItemLimits;
import dev.weir.port.Items;
import dev.weir.port.Key;
import dev.weir.port.Path;
import dev.weir.port.StoreUnavailableException;
import dev.weir.port.Table;
import dev.weir.port.Time;
import dev.weir.port.Utf8Order;
import dev.weir.port.Write;
import dev.weir.port.WriteOutcome;
import dev.weir.queue.QueueName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Wakes the bots of queues that have new events: notes in their rows up to which event, and marks them. A note never goes back, so changes
 * of heads may come late, twice or in any order. Thread-safe.
 *
 * <p>A change that never comes, or that comes before the bot was known here, is made good by {@link #sweep}, which compares the heads of all
 * queues with what the bots were woken for.
 */
public final class Waker {

    /** How long the list of bots is used before it is read again. */
    static final long LIST_MILLIS = 10_000;

    /** Most queues that are noted in one write: with those on the marks, all conditions that it may have. */
    static final int NOTES_MAX = ItemLimits.CONDITIONS_MAX - Mark.CONDITIONS;

    private final CronRows rows;
    private final Table heads;
    private final Items items;
    private final int lanes;
    private final Time time;
    private final Insistence insistence;
    private List<CronRow> list = List.of();
    private long listedMillis = Long.MIN_VALUE;

    /**
     * @param cron the table of the bus's bots
     * @param heads the table of its heads
     * @param lanes lanes of the bus's streams: a queue may have a sub-queue for each
     */
    public Waker(Table cron, Table heads, Items items, int lanes, Time time) {
        this.rows = new CronRows(cron, items, time);
        this.heads = heads;
        this.items = items;
        this.lanes = lanes;
        this.time = time;
        this.insistence = new Insistence(time);
    }

    /**
     * What was done.
     *
     * @param bots the bots that were woken
     * @param faults what was wrong with single rows, for people; the other bots were woken
     */
    public record Woken(List<String> bots, List<String> faults) {}

    /**
     * Wakes the bots that read some queues.
     *
     * @param heads the newest id of each, by the queue's key in the table of heads
     * @throws StoreUnavailableException if the store does not answer; do it again
     */
    public Woken wake(Map<String, String> heads) {
        return wake(listed(), heads);
    }

    /** Wakes every bot that has something to read and was not woken for it. Reads all rows, and the heads of all queues that wake bots. */
    public Woken sweep() {
        List<CronRow> all = list();
        List<Key> keys = all.stream()
                .filter(row -> !row.isArchived())
                .flatMap(row -> row.triggers().stream())
                .flatMap(queue -> parts(queue).stream())
                .map(part -> new Key(heads, part.key(), null))
                .distinct()
                .toList();
        Map<String, String> newest = new LinkedHashMap<>();
        for (Item head : items.getAll(keys)) {
            if (head.get("max_eid") instanceof Attribute.Text eid) {
                newest.put(head.key().partition(), eid.value());
            }
        }
        return wake(all, newest);
    }

    private Woken wake(Collection<CronRow> all, Map<String, String> heads) {
        List<String> woken = new ArrayList<>();
        List<String> faults = new ArrayList<>();
        for (CronRow row : all) {
            Map<QueueName, String> wanted = wanted(row, heads);
            try {
                if (!wanted.isEmpty() && wake(row.bot(), wanted)) {
                    woken.add(row.bot());
                }
            } catch (IllegalStateException | IllegalArgumentException fault) {
                // One bad row does not keep the others from being woken.
                faults.add("bot=" + row.bot() + ": " + fault.getMessage());
            }
        }
        return new Woken(List.copyOf(woken), List.copyOf(faults));
    }

    private Map<QueueName, String> wanted(CronRow row, Map<String, String> heads) {
        Map<QueueName, String> wanted = new LinkedHashMap<>();
        if (!row.isArchived()) {
            for (QueueName trigger : row.triggers()) {
                for (QueueName part : parts(trigger)) {
                    String eid = heads.get(part.key());
                    if (eid != null) {
                        wanted.put(part, eid);
                    }
                }
            }
        }
        return wanted;
    }

    /** The queue itself and the sub-queues of its lanes. */
    private List<QueueName> parts(QueueName queue) {
        List<QueueName> parts = new ArrayList<>();
        parts.add(queue);
        for (int lane = 0; lanes > 1 && lane < lanes; lane++) {
            parts.add(new QueueName(queue.type(), queue.id() + "." + lane));
        }
        return parts;
    }

    /** Whether the bot had to be woken. */
    private boolean wake(String bot, Map<QueueName, String> heads) {
        boolean isWoken = false;
        while (note(bot, heads)) {
            isWoken = true;
        }
        return isWoken;
    }

    /** Notes as much as fits into a write; false if there is nothing left to note. */
    private boolean note(String bot, Map<QueueName, String> heads) {
        boolean[] isAny = {false};
        insistence.until("waking: bot=" + bot, () -> {
            Optional<CronRow> row = rows.find(bot).map(rows::whole);
            List<Edit> edits = row.map(stored -> edits(stored, heads)).orElse(List.of());
            isAny[0] = !edits.isEmpty();
            return edits.isEmpty()
                    ? WriteOutcome.WRITTEN
                    : items.write(new Write.Edits(row.orElseThrow().key(), edits, unchanged(row.orElseThrow(), edits)));
        });
        return isAny[0];
    }

    private List<Edit> edits(CronRow row, Map<QueueName, String> heads) {
        List<Edit> edits = heads.entrySet().stream()
                .filter(head -> isNew(row, head.getKey(), head.getValue()))
                .limit(NOTES_MAX)
                .<Edit>map(head ->
                        new Edit.Set(Paths.REQUESTED.then(head.getKey().refId()), Attribute.of(head.getValue())))
                .toList();
        return edits.isEmpty()
                ? edits
                : Stream.concat(edits.stream(), Stream.of(Mark.wake(row, time.epochMillis())))
                        .toList();
    }

    private static boolean isNew(CronRow row, QueueName queue, String eid) {
        return Utf8Order.ASCENDING.compare(row.requested(queue).orElse(""), eid) < 0;
    }

    private static Condition unchanged(CronRow row, List<Edit> edits) {
        List<Condition> conditions = new ArrayList<>(Mark.unchanged(row));
        for (Edit edit : edits) {
            Path path = edit.path();
            if (!path.equals(Paths.TRIGGER)) {
                conditions.add(Mark.unchanged(row, path));
            }
        }
        return new Condition.AllOf(conditions);
    }

    private synchronized List<CronRow> listed() {
        long now = time.epochMillis();
        return now >= listedMillis && now < listedMillis + LIST_MILLIS ? list : list();
    }

    private synchronized List<CronRow> list() {
        listedMillis = time.epochMillis();
        list = rows.all();
        return list;
    }
}
