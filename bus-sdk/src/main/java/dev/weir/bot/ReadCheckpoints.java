package dev.weir.bot;

import dev.weir.cron.Checkpoint;
import dev.weir.cron.CronRow;
import dev.weir.cron.CronRows;
import dev.weir.cron.CronWrite;
import dev.weir.flow.Bus;
import dev.weir.port.Attribute;
import dev.weir.port.Condition;
import dev.weir.port.Item;
import dev.weir.port.Items;
import dev.weir.port.Key;
import dev.weir.port.StoreUnavailableException;
import dev.weir.port.Time;
import dev.weir.port.Write;
import dev.weir.port.WriteOutcome;
import dev.weir.queue.QueueEntry;
import dev.weir.queue.QueueEvent;
import dev.weir.queue.QueueName;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntPredicate;

/**
 * Where a bot on queues stands, as people and leo-sdk see it and set it: {@code checkpoints.read.<queue>} in its row of the table of bots.
 * Not thread-safe.
 *
 * <p>The truth about what took effect is in the lanes' own checkpoints; this tells where to read on, and never says more than is true: it is
 * the lowest mark of all lanes, also of those that have never committed. What we wrote last is kept beside it ({@code read} in the bot's
 * partition) and both move in one transaction; so a value in the row that is another was set by somebody, and is obeyed:
 *
 * <ul>
 *   <li>forward: reading goes on from there; what lanes have done beyond it stays done;
 *   <li>back: a new pass begins. Lanes count what is done by pass, so events take effect again, once in each pass.
 * </ul>
 *
 * <p>A pass begins with one conditional write. There is nothing else to reset, and so nothing that a crash could leave half reset.
 */
final class ReadCheckpoints {
    private static final int TRIES_MAX = 10;
    private static final Duration PAUSE = Duration.ofMillis(50);

    /** Most queues that one transaction moves: each is an edit and a condition. */
    private static final int MOVES_MAX = 20;

    /** Where reading begins: in which pass, and after which event; empty text for the beginning. */
    record Start(long pass, String after) {}

    /** What was taken of a queue: how many entries, and the last of them. */
    record Reached(long records, QueueEntry last) {
        Reached and(Reached more) {
            return new Reached(records + more.records, more.last);
        }

        long sourceMillis() {
            return last instanceof QueueEvent event
                    ? event.eventSourceTimestamp().orElse(0)
                    : 0;
        }
    }

    private final Bus bus;
    private final String bot;
    private final FanOut own;
    private final Items items;
    private final Time time;
    private final long startedMillis;
    private final CronRows rows;
    private final Marks marks;

    private List<String> queues = List.of();
    private final Map<String, Start> written = new LinkedHashMap<>();
    private final Map<String, Optional<String>> inRow = new LinkedHashMap<>();
    private long version;

    ReadCheckpoints(Bus bus, String bot, FanOut own, Items items, Time time) {
        this.bus = bus;
        this.bot = bot;
        this.own = own;
        this.items = items;
        this.time = time;
        this.startedMillis = time.epochMillis();
        this.rows = new CronRows(bus.cron(), items, time);
        this.marks = new Marks(bus, bot, items, own);
    }

    /** Reads where this instance begins in each queue, by key, and obeys what was set by hand. */
    Map<String, Start> load(List<String> keys) {
        queues = keys;
        for (int i = 0; i < TRIES_MAX; i++) {
            read();
            if (obey()) {
                marks.load();
                return starts();
            }
        }
        throw new StoreUnavailableException("checkpoints change each time that they are read: bot=" + bot);
    }

    private Map<String, Start> starts() {
        Map<String, Start> starts = new LinkedHashMap<>();
        queues.forEach(queue -> starts.put(queue, new Start(at(queue).pass, lowest(queue, own))));
        return starts;
    }

    private Start at(String queue) {
        return written.getOrDefault(queue, new Start(0, ""));
    }

    /** The lowest of some lanes. */
    private String lowest(String queue, IntPredicate lanes) {
        Start stored = at(queue);
        String lowest = null;
        for (int lane = 0; lane < bus.lanes().count(); lane++) {
            if (lanes.test(lane)) {
                String mark = marks.of(lane, queue, stored.pass, stored.after);
                lowest = lowest == null || mark.compareTo(lowest) < 0 ? mark : lowest;
            }
        }
        return lowest == null ? stored.after : lowest;
    }

    private void read() {
        written.clear();
        inRow.clear();
        Optional<Item> stored = items.get(key());
        version = stored.map(item -> item.integer("version")).orElse(0L);
        stored.ifPresent(item -> item.struct("queues").forEach((queue, at) -> {
            if (at instanceof Attribute.Text(String text)) {
                Marks.Mark mark = Marks.Mark.parse(text);
                written.put(queue, new Start(mark.pass(), mark.eid()));
            }
        }));
        CronRow row = rows.ensure(bot);
        queues.forEach(queue -> inRow.put(queue, row.read(QueueName.of(queue)).map(Checkpoint::eid)));
    }

    /** Takes over what somebody set; answers whether what is in memory is what is stored. */
    private boolean obey() {
        Map<String, Start> obeyed = new LinkedHashMap<>(written);
        for (String queue : queues) {
            inRow(queue)
                    .filter(eid -> !eid.equals(at(queue).after))
                    .ifPresent(eid -> obeyed.put(queue, obeyed(queue, eid)));
        }
        if (obeyed.equals(written)) {
            return true;
        }
        boolean done = items.write(stored(obeyed)) instanceof WriteOutcome.Written;
        if (done) {
            version++;
            written.putAll(obeyed);
        } else {
            time.pause(PAUSE);
        }
        return done;
    }

    private Optional<String> inRow(String queue) {
        return inRow.getOrDefault(queue, Optional.empty());
    }

    private Start obeyed(String queue, String set) {
        if (!set.startsWith("z/") && !set.startsWith("_snapshot/")) {
            throw new IllegalStateException("the checkpoint of a bot was set to what is no event id: bot=" + bot
                    + " queue=" + queue + " checkpoint=" + set);
        }
        Start before = at(queue);
        return new Start(set.compareTo(before.after) < 0 ? before.pass + 1 : before.pass, set);
    }

    /**
     * This instance's lanes are done up to here: tells the others, and moves the row as far as all lanes are.
     *
     * @param here where this instance is in each queue that it reads
     * @param pages what was taken since the last call
     * @return whether reading can go on where it is; if not, somebody set a checkpoint, and reading begins anew with {@link #load}
     */
    boolean reached(Map<String, Start> here, Map<String, Reached> pages) {
        here.forEach((queue, at) -> marks.set(queue, new Marks.Mark(at.pass, at.after)));
        if (own.instances() > 1) {
            marks.store();
            marks.load();
        }
        for (int i = 0; i < TRIES_MAX; i++) {
            Map<String, String> moves = moves();
            if (moves.isEmpty()) {
                return true;
            }
            switch (items.transact(List.of(rowWith(moves, pages), stored(moved(moves))))) {
                case WriteOutcome.Written _ -> took(moves);
                case WriteOutcome.Retry _ -> time.pause(PAUSE);
                case WriteOutcome.ConditionFailed _, WriteOutcome.Unknown _ -> {
                    load(queues);
                    if (isOvertaken(here)) {
                        return false;
                    }
                }
            }
        }
        return true; // the row lags behind, which the next page or run mends
    }

    private boolean isOvertaken(Map<String, Start> here) {
        return here.entrySet().stream().anyMatch(entry -> {
            Start now = at(entry.getKey());
            return now.pass != entry.getValue().pass || now.after.compareTo(entry.getValue().after) > 0;
        });
    }

    private Map<String, String> moves() {
        Map<String, String> moves = new LinkedHashMap<>();
        for (String queue : queues) {
            String lowest = lowest(queue, _ -> true);
            boolean isMissing = inRow(queue).isEmpty() && !lowest.isEmpty();
            if ((isMissing || lowest.compareTo(at(queue).after) > 0) && moves.size() < MOVES_MAX) {
                moves.put(queue, lowest);
            }
        }
        return moves;
    }

    private Map<String, Start> moved(Map<String, String> moves) {
        Map<String, Start> moved = new LinkedHashMap<>(written);
        moves.forEach((queue, eid) -> moved.put(queue, new Start(at(queue).pass, eid)));
        return moved;
    }

    private void took(Map<String, String> moves) {
        Map<String, Start> moved = moved(moves);
        written.putAll(moved);
        moves.forEach((queue, eid) -> inRow.put(queue, Optional.of(eid)));
        version++;
    }

    private Write rowWith(Map<String, String> moves, Map<String, Reached> pages) {
        CronWrite row = CronWrite.of(bus.cron(), bot);
        moves.forEach((queue, eid) -> {
            Optional<Reached> page = Optional.ofNullable(pages.get(queue));
            Checkpoint checkpoint = new Checkpoint(
                    eid,
                    page.map(Reached::sourceMillis).orElse(0L),
                    startedMillis,
                    time.epochMillis(),
                    page.map(Reached::records).orElse(0L));
            row.read(QueueName.of(queue), inRow(queue), checkpoint);
        });
        return row.build();
    }

    private Write stored(Map<String, Start> starts) {
        Map<String, Attribute> stored = new LinkedHashMap<>();
        starts.forEach((queue, start) -> stored.put(queue, new Marks.Mark(start.pass, start.after).toAttribute()));
        Item item = Item.at(key())
                .with("version", version + 1)
                .with("queues", Attribute.of(stored))
                .build();
        return new Write.Put(
                item, version == 0 ? Condition.ABSENT : new Condition.Equal("version", Attribute.of(version)));
    }

    private Key key() {
        return new Key(bus.checkpoints(), bot, "read");
    }
}
