package dev.weir.bot;

import dev.weir.bot.ReadCheckpoints.Reached;
import dev.weir.bot.ReadCheckpoints.Start;
import dev.weir.cron.Runs;
import dev.weir.flow.Bus;
import dev.weir.flow.LaneStatus;
import dev.weir.flow.QueueShard;
import dev.weir.flow.Spine;
import dev.weir.flow.SpineEntry;
import dev.weir.flow.Taken;
import dev.weir.graph.Graph;
import dev.weir.model.SequenceNumber;
import dev.weir.port.Items;
import dev.weir.port.StoreUnavailableException;
import dev.weir.port.Time;
import dev.weir.queue.Page;
import dev.weir.queue.Position;
import dev.weir.queue.QueueEntry;
import dev.weir.queue.QueueName;
import dev.weir.queue.QueueReader;
import dev.weir.queue.Queues;
import dev.weir.queue.ReadLimits;
import dev.weir.queue.Stop;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Runs a bot on queues: reads what is new, page by page, and takes it through the spine, until nothing is left or the time is used.
 *
 * <p>May be killed anywhere, and may run twice at once: what takes effect is decided by the lanes' checkpoints and fences. Where reading
 * begins and what people see is {@code checkpoints.read} of the bot's row. One object serves one process; one thread at a time may call it.
 */
public final class QueueRun<T, V, R> {

    /** Most entries of a page, of all queues together. */
    public static final int PAGE_ENTRIES_MAX = 5_000;

    /** Bytes of lines at which a page is closed, of all queues together. */
    static final long PAGE_BYTES = 4L * 1024 * 1024;

    /** How long the reading of one page of one queue may take. */
    private static final long PAGE_MILLIS = 5_000;

    /** Pages without any progress, because another run has a lane, after which this one gives up. */
    private static final int FENCED_MAX = 3;

    private final Graph<T, V, R> graph;
    private final Bus bus;
    private final Items items;
    private final Queues queues;
    private final Time time;
    private final Spine<T, V, R> spine;
    private final FanOut own;
    private final Runs runs;
    private final int pageEntriesMax;

    /**
     * With pages of at most {@value #PAGE_ENTRIES_MAX} entries.
     *
     * @param spine of the same graph and bus
     * @param own the lanes of this copy
     */
    public QueueRun(
            Graph<T, V, R> graph, Bus bus, Items items, Queues queues, Time time, Spine<T, V, R> spine, FanOut own) {
        this(graph, bus, items, queues, time, spine, own, PAGE_ENTRIES_MAX);
    }

    /** With smaller pages: each is a commit, and what a killed run must read again. */
    public QueueRun(
            Graph<T, V, R> graph,
            Bus bus,
            Items items,
            Queues queues,
            Time time,
            Spine<T, V, R> spine,
            FanOut own,
            int pageEntriesMax) {
        this.graph = graph;
        this.bus = bus;
        this.items = items;
        this.queues = queues;
        this.time = time;
        this.spine = spine;
        this.own = own;
        this.runs = new Runs(bus.cron(), items, time);
        this.pageEntriesMax = pageEntriesMax;
    }

    /**
     * One run.
     *
     * @param stopMillis when to begin no further page, milliseconds since the epoch: at 80% of the function's time
     * @param deadlineMillis when to give up what cannot be committed
     * @param isAsked whether the run is asked to stop; looked at before each page
     */
    public RunOutcome run(long stopMillis, long deadlineMillis, BooleanSupplier isAsked) {
        Running running = new Running(deadlineMillis);
        try {
            return running.run(() -> time.epochMillis() >= stopMillis || isAsked.getAsBoolean());
        } catch (StoreUnavailableException | IllegalStateException e) {
            return new RunOutcome.Failed(running.entries, String.valueOf(e.getMessage()));
        }
    }

    /** The state of one run. */
    private final class Running {
        private final long deadlineMillis;
        private final ReadCheckpoints checkpoints = new ReadCheckpoints(bus, graph.name(), own, items, time);
        private final Map<String, QueueReader> readers = new LinkedHashMap<>();
        private final Map<String, Start> here = new LinkedHashMap<>();
        private Optional<String> obstacle = Optional.empty();
        private long entries;
        private int fenced;

        private Running(long deadlineMillis) {
            this.deadlineMillis = deadlineMillis;
        }

        private RunOutcome run(BooleanSupplier isOver) {
            if (own.instance() >= bus.lanes().count()) {
                return new RunOutcome.Done(0);
            }
            begin();
            if (!spine.resume(own, deadlineMillis)) {
                return failed("what an earlier run had begun could not be finished");
            }
            while (!readers.isEmpty()) {
                if (isOver.getAsBoolean()) {
                    return new RunOutcome.More(entries);
                }
                Optional<RunOutcome> end = page();
                if (end.isPresent()) {
                    return end.get();
                }
            }
            return end();
        }

        /** All queues are read: what remains is what lanes have sent to each other. */
        private RunOutcome end() {
            if (graph.isTimed() && !spine.tick(own, deadlineMillis)) {
                return failed("what is due because time has passed could not be done");
            }
            if (!spine.takeInbox(own, deadlineMillis)) {
                return failed("what lanes of the bot sent to each other could not be taken");
            }
            if (obstacle.isPresent()) {
                return failed(obstacle.get());
            }
            if (!spine.hasInbox()) {
                return new RunOutcome.Done(entries);
            }
            // It is for other copies. To try at once is right while something moves; then it would be a loop.
            return entries > 0
                    ? new RunOutcome.More(entries)
                    : failed("what lanes of the bot sent to each other waits for another copy: instances="
                            + own.instances());
        }

        private RunOutcome failed(String reason) {
            String why = LaneStatus.paused(bus, graph.name(), items)
                    .map(paused -> "the bot is paused: " + paused)
                    .orElse(reason);
            return new RunOutcome.Failed(entries, why);
        }

        private void begin() {
            readers.clear();
            here.clear();
            List<String> keys = graph.source().queues().stream()
                    .flatMap(queue -> queues.parts(QueueName.of(queue)).stream())
                    .map(QueueName::key)
                    .distinct()
                    .toList();
            here.putAll(checkpoints.load(keys));
            here.forEach((queue, start) ->
                    readers.put(queue, queues.reader(QueueName.of(queue), Position.of(start.after()))));
        }

        /** Reads a page and takes it; answers how the run ends, if it does. */
        private Optional<RunOutcome> page() {
            Map<String, Start> ends = new LinkedHashMap<>();
            List<SpineEntry> page = read(ends);
            Taken taken = page.isEmpty() ? Taken.ALL : spine.take(page, own, deadlineMillis);
            Map<String, Reached> reached = advance(page, taken, ends);
            fenced = reached.isEmpty() && !taken.isAll() ? fenced + 1 : 0;
            if (own.instance() > 0 && !reached.isEmpty() && spine.hasInbox()) {
                // This copy has no lock. When its marks are stored the bot is no longer behind, and nothing else tells
                // that there is something for the lanes of another copy.
                runs.wake(graph.name());
            }
            if (!checkpoints.reached(here, reached)) {
                begin();
                return Optional.empty();
            }
            return taken.stop().flatMap(this::stopped);
        }

        private Optional<RunOutcome> stopped(Taken.Stop stop) {
            if (stop == Taken.Stop.FENCED && fenced < FENCED_MAX) {
                begin(); // a run that was given up has committed late: what it did is seen when its lanes are loaded
                // anew
                return Optional.empty();
            }
            return Optional.of(failed(
                    switch (stop) {
                        case RETRY -> "what was read could not be committed in time";
                        case FENCED -> "another run of the bot has its lanes";
                        case REFUSED -> spine.refusal().orElse("another version of the bot serves its lanes");
                        case PAUSED -> "the bot is paused";
                    }));
        }

        /** The next entries of all queues. A queue that is read to its end is left: if more comes, the bot is woken. */
        private List<SpineEntry> read(Map<String, Start> ends) {
            List<SpineEntry> page = new ArrayList<>();
            ReadLimits limits = new ReadLimits(
                    Math.max(1, pageEntriesMax / readers.size()),
                    Math.max(1, PAGE_BYTES / readers.size()),
                    PAGE_MILLIS);
            for (String queue : List.copyOf(readers.keySet())) {
                QueueReader reader = readers.get(queue);
                Start start = here.get(queue);
                if (reader != null && start != null) {
                    Page part = reader.next(limits);
                    part.entries().forEach(entry -> page.add(new SpineEntry(shard(queue, start, entry), entry)));
                    ends.put(queue, new Start(start.pass(), reader.position().text()));
                    leave(queue, part.stop());
                }
            }
            return page;
        }

        private void leave(String queue, Stop stop) {
            switch (stop) {
                case Stop.End _ -> readers.remove(queue);
                case Stop.Unreadable unreadable -> {
                    readers.remove(queue);
                    obstacle = Optional.of(unreadable.message());
                }
                case Stop.Events _, Stop.Bytes _, Stop.Time _ -> {}
            }
        }

        /** Ids of a snapshot are numbers of their own. */
        private static QueueShard shard(String queue, Start start, QueueEntry entry) {
            boolean isSnapshot = entry.eid().startsWith(Position.SNAPSHOTS);
            return new QueueShard(isSnapshot ? queue + "/_snapshot" : queue, start.pass());
        }

        /** Moves on in each queue as far as it is done in all lanes of this copy; answers what was done. */
        private Map<String, Reached> advance(List<SpineEntry> page, Taken taken, Map<String, Start> ends) {
            Map<String, Reached> reached = new LinkedHashMap<>();
            Map<String, Start> undone = new LinkedHashMap<>();
            for (SpineEntry each : page) {
                String queue = each.entry().queue();
                SequenceNumber first = taken.firstUndone().get(each.shard().id());
                if (undone.containsKey(queue)
                        || (first != null && !isBelow(each.entry().eid(), first))) {
                    undone.put(queue, here.getOrDefault(queue, new Start(0, "")));
                    continue;
                }
                here.put(queue, new Start(each.shard().pass(), each.entry().eid()));
                reached.merge(queue, new Reached(1, each.entry()), Reached::and);
                entries++;
            }
            ends.forEach((queue, end) -> {
                if (!undone.containsKey(queue)) {
                    here.put(queue, end);
                }
            });
            return reached;
        }

        private static boolean isBelow(String eid, SequenceNumber number) {
            return eid.replace(Position.SNAPSHOTS, "")
                            .compareTo(QueueShard.eid(number, 0).toString())
                    < 0;
        }
    }
}
