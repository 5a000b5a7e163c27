package dev.weir.flow;

import dev.weir.graph.Graph;
import dev.weir.graph.RetryLaterException;
import dev.weir.graph.Steps;
import dev.weir.model.LaneId;
import dev.weir.model.Record;
import dev.weir.model.SequenceNumber;
import dev.weir.port.Items;
import dev.weir.port.StoreUnavailableException;
import dev.weir.port.Streams;
import dev.weir.port.Time;
import dev.weir.wire.RecordDecoder;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import java.util.function.IntPredicate;

/**
 * The spine: the way of an event through a bot, top to bottom.
 *
 * <pre>
 * 10-decode     records -> events, by lane                        {@link Decode}
 * 20-dedupe     seen before, by shard or by producer              {@link Positions}, {@link Marks}, {@link IdWindow}
 * 30-reorder    wait for predecessors                             {@link Held}
 * 40-transform  the bot's graph                                   {@link Transform}
 * 50-commit     state, results, checkpoint: one transaction       {@link Pack}, {@link Commit}
 * 60-emit       what leaves for other lanes                       {@link Emit}
 * </pre>
 *
 * <p>One spine serves one copy of a function and keeps its lanes in memory between batches. Lanes of a batch run concurrently; each lane's
 * commits are conditional on its fence, so however many copies there are, one of them succeeds. One thread at a time may call it.
 *
 * <p>A bot on a stream is given batches of records, {@link #process}; a bot on queues is given entries, {@link #take}, of which each copy
 * takes those of its own lanes, and what its lanes sent to each other, {@link #takeInbox}.
 *
 * <p>A lane is served by one {@link Version} of the bot. A higher one than ever served it takes it over by its first commit, under the fence,
 * and is where the one before was; that one can commit nothing any more, and gives its batch back undone. Only an operator goes back, with
 * {@link Takeover}. Versions are looked at when a lane is loaded: whoever takes a lane over raises its fence, and so whoever had it loads it.
 */
public final class Spine<T, V, R> {
    private final Graph<T, V, R> graph;
    private final Bus bus;
    private final Time time;
    private final Executor executor;
    private final ShardMap shards;
    private final LaneStore<T, V, R> store;
    private final Inbox inbox;
    private final Emit emit;
    private final Control control;
    private final SpineTally tally = new SpineTally();
    private final Items items;
    private final String incarnation;
    private final Version version;
    private final RecordDecoder decoder = new RecordDecoder();
    private final AtomicLong lanesRun = new AtomicLong();
    private volatile Optional<String> refusal = Optional.empty();
    private final Map<LaneId, Lane<T, V>> warm = new ConcurrentHashMap<>();

    /** A spine of a function that has no versions. */
    public Spine(
            Graph<T, V, R> graph,
            Bus bus,
            Items items,
            Streams streams,
            Time time,
            Executor executor,
            String incarnation) {
        this(graph, bus, items, streams, time, executor, incarnation, Version.NONE);
    }

    /**
     * @param executor runs the lanes of a batch; {@code Runnable::run} runs them one after another
     * @param incarnation distinguishes this copy of the function from every other that ever ran or will; drawn by the caller, at the
     *     first call and not before (a snapshot of an initialised function is restored many times)
     * @param version which version of the bot this is; all functions that serve lanes of the bot count their versions together
     */
    public Spine(
            Graph<T, V, R> graph,
            Bus bus,
            Items items,
            Streams streams,
            Time time,
            Executor executor,
            String incarnation,
            Version version) {
        this.graph = graph;
        this.bus = bus;
        this.items = items;
        this.time = time;
        this.executor = executor;
        this.incarnation = incarnation;
        this.version = version;
        this.shards = new ShardMap(graph.name(), bus, bus.stream(graph.source().stream()), streams, items);
        this.store = new LaneStore<>(graph, bus, items, version);
        this.inbox = new Inbox(bus, graph.name(), items);
        boolean onStream = graph.source().queues().isEmpty();
        this.emit = new Emit(
                streams, bus.stream(graph.source().stream()), onStream ? streams : inbox, items, bus.lanes(), time);
        this.control = new Control(bus.control(graph.name()), items, time);
    }

    /**
     * Takes a batch of one shard through all steps.
     *
     * @param records in the order of the shard
     * @param deadlineMillis when to give up what cannot be committed, milliseconds since the epoch
     * @return the first record that is not wholly done and must come again, with all after it; empty if the whole batch is done
     */
    public Optional<SequenceNumber> process(List<Record> records, long deadlineMillis) {
        if (records.isEmpty()) {
            return Optional.empty();
        }
        SequenceNumber first = records.getFirst().sequenceNumber();
        try {
            return control.isPaused() ? Optional.of(first) : new Batch(deadlineMillis, false).run(records);
        } catch (StoreUnavailableException _) {
            return Optional.of(first);
        }
    }

    /**
     * Takes entries of queues through all steps, in some of the lanes.
     *
     * @param entries each queue's in its order; together at most some megabytes
     * @param own the lanes of this copy; events of the others are passed over
     * @param deadlineMillis when to give up what cannot be committed, milliseconds since the epoch
     */
    public Taken take(List<SpineEntry> entries, IntPredicate own, long deadlineMillis) {
        Map<LaneId, List<Parcel<T>>> parcels = new QueueDecode<>(graph, bus.lanes(), own).decode(entries);
        Batch batch = new Batch(deadlineMillis, false);
        try {
            if (control.isPaused()) {
                batch.refuse(parcels, Taken.Stop.PAUSED);
            } else {
                batch.runLanes(parcels);
            }
        } catch (StoreUnavailableException _) {
            batch.refuse(parcels, Taken.Stop.RETRY);
        }
        return batch.taken();
    }

    /**
     * Takes what lanes of this bot on queues have sent to the lanes of this copy, until nothing is left.
     *
     * @return whether all of it could be done
     */
    public boolean takeInbox(IntPredicate own, long deadlineMillis) {
        try {
            if (control.isPaused()) {
                return false;
            }
            Batch batch = new Batch(deadlineMillis, false);
            for (boolean some = !inbox.isEmpty(); some; ) {
                some = false;
                for (int i = 0; i < bus.lanes().count(); i++) {
                    some |= own.test(i) && takeInbox(new LaneId.Slice(i), batch);
                }
            }
            return batch.stopped.isEmpty();
        } catch (StoreUnavailableException _) {
            return false;
        }
    }

    /** Takes the first records of one lane; answers whether there may be more. */
    private boolean takeInbox(LaneId.Slice lane, Batch batch) {
        Inbox.Waiting waiting = inbox.waiting(lane);
        if (waiting.records().isEmpty() || batch.stopped.contains(lane)) {
            return false;
        }
        Decode<T> decode = new Decode<>(graph, bus.lanes(), shards, decoder);
        waiting.records().forEach(decode::add);
        batch.runLanes(decode.take());
        if (batch.stopped.contains(lane)) {
            return false;
        }
        items.deleteAll(waiting.keys());
        return true;
    }

    /**
     * The value of a key, as its lane was when this copy last loaded or committed it: another copy may have committed since. Reads the lane
     * if it is not in memory. Throws {@link VersionRefusedException} if another version of the bot serves the lane.
     */
    public V stateOf(String key) {
        return lane(new LaneId.Slice(bus.lanes().of(key))).slots.get(key);
    }

    /** Why a lane was refused in the last call, since another version of the bot serves it: its events must come again. Empty if none was. */
    public Optional<String> refusal() {
        return refusal;
    }

    private Lane<T, V> lane(LaneId id) {
        Lane<T, V> known = warm.get(id);
        if (known != null) {
            return known;
        }
        Lane<T, V> loaded = store.load(id, time.epochMillis());
        warm.put(id, loaded);
        return loaded;
    }

    /** What was done since this was last asked, and how the lanes stand that were at work. */
    public Tally takeTally() {
        return tally.take(control.isRogue());
    }

    /** Whether lanes of this bot on queues have been sent something that they have not taken, whichever copy's they are. */
    public boolean hasInbox() {
        return !inbox.isEmpty();
    }

    /**
     * Does what time alone asks for: passes gaps whose deadline is over, and sends what an earlier tick could not send.
     *
     * @return whether all of it could be done
     */
    public boolean tick(long deadlineMillis) {
        return tick(_ -> true, deadlineMillis);
    }

    /** The same for some of the lanes; of a bot on queues when all of them were read. */
    public boolean tick(IntPredicate own, long deadlineMillis) {
        return finish(own, new Batch(deadlineMillis, true));
    }

    /**
     * Does what an earlier run had begun, in some of the lanes: passes gaps whose deadline is over, and sends what could not be sent. Time
     * that ends windows does not pass by it, since events may lie in the queues that are not read yet.
     *
     * @return whether all of it could be done
     */
    public boolean resume(IntPredicate own, long deadlineMillis) {
        return finish(own, new Batch(deadlineMillis, false));
    }

    private boolean finish(IntPredicate own, Batch batch) {
        try {
            List<LaneId> lanes = new ArrayList<>(LaneStatus.slices(bus));
            lanes.removeIf(lane -> lane instanceof LaneId.Slice(int index) && !own.test(index));
            Map<LaneId, List<Parcel<T>>> nothing = new LinkedHashMap<>();
            LaneStatus.all(bus, graph.name(), lanes, items).stream()
                    .filter(status -> (batch.isIdle && graph.isTimed())
                            || status.held() > 0
                            || (status.unsent() > 0 && hasOutbox(status.lane())))
                    .forEach(status -> nothing.put(status.lane(), List.of()));
            return !control.isPaused() && batch.runLanes(nothing);
        } catch (StoreUnavailableException _) {
            return false;
        }
    }

    private boolean hasOutbox(LaneId lane) {
        return !items.query(
                        bus.checkpoints(),
                        bus.partition(graph.name(), lane),
                        SortKeys.OUTBOX,
                        SortKeys.end(SortKeys.OUTBOX),
                        1)
                .isEmpty();
    }

    /** One batch on its way: which lanes stopped, and where. */
    private final class Batch {
        private final long deadlineMillis;
        private final boolean isIdle;
        private final boolean waitsAtEnd = graph.steps()
                .filter(steps -> steps.eventsAtOnce() < Integer.MAX_VALUE)
                .isPresent();
        private final Map<LaneId, LaneRun<T, V, R>> runs = new ConcurrentHashMap<>();
        private final Map<LaneId, LaneTally> tallies = new ConcurrentHashMap<>();
        private final Set<LaneId> stopped = ConcurrentHashMap.newKeySet();
        private final List<Parcel.Origin> undone = new ArrayList<>();
        private final EnumSet<Taken.Stop> stops = EnumSet.noneOf(Taken.Stop.class);

        private Batch(long deadlineMillis, boolean isIdle) {
            this.deadlineMillis = deadlineMillis;
            this.isIdle = isIdle;
            refusal = Optional.empty();
        }

        /**
         * Decodes the batch slice by slice, so that its memory is bounded, and runs the lanes over each slice. Where others work on what a slice gave
         * them, nobody waits for them before the last one.
         */
        private Optional<SequenceNumber> run(List<Record> records) {
            Decode<T> decode = new Decode<>(graph, bus.lanes(), shards, decoder);
            for (Record record : records) {
                decode.add(record);
                if (decode.isFull()) {
                    runLanes(decode.take(), !waitsAtEnd);
                }
            }
            Map<LaneId, List<Parcel<T>>> last = decode.take();
            if (waitsAtEnd) {
                runs.keySet().forEach(lane -> last.putIfAbsent(lane, List.of()));
            }
            runLanes(last);
            return undone.stream().map(Parcel.Origin::sequenceNumber).min(SequenceNumber::compareTo);
        }

        private Taken taken() {
            Map<String, SequenceNumber> first = new LinkedHashMap<>();
            undone.forEach(
                    origin -> first.merge(origin.shardId(), origin.sequenceNumber(), (a, b) -> a.isAfter(b) ? b : a));
            return stops.isEmpty() ? Taken.ALL : new Taken(first, stops.stream().max(Enum::compareTo));
        }

        /** Nothing of it was begun, or it cannot be known how far it came. */
        private void refuse(Map<LaneId, List<Parcel<T>>> parcels, Taken.Stop reason) {
            stops.add(reason);
            parcels.values().forEach(all -> all.forEach(parcel -> undone.add(parcel.origin())));
        }

        private boolean runLanes(Map<LaneId, List<Parcel<T>>> slice) {
            return runLanes(slice, true);
        }

        private boolean runLanes(Map<LaneId, List<Parcel<T>>> slice, boolean doesDue) {
            Optional<Steps<T, V, R>> prepared = graph.steps().map(steps -> prepare(steps, slice));
            concurrently(slice, (id, parcels) -> runLane(id, parcels, prepared, doesDue));
            return stopped.isEmpty();
        }

        private void concurrently(Map<LaneId, List<Parcel<T>>> slice, BiConsumer<LaneId, List<Parcel<T>>> work) {
            List<CompletableFuture<Void>> running = new ArrayList<>();
            slice.forEach((id, parcels) -> {
                if (stopped.contains(id)) {
                    return;
                }
                running.add(CompletableFuture.runAsync(
                        () -> work.accept(id, parcels), slice.size() == 1 ? Runnable::run : executor));
            });
            // All must have ended before a failure of one is told: nobody may work on a lane behind our back.
            running.forEach(lane -> lane.exceptionally(_ -> null).join());
            running.forEach(CompletableFuture::join);
        }

        /** A version that may not serve a lane asks nobody about its events. */
        private void admit(LaneId id, List<Parcel<T>> parcels) {
            try {
                lane(id);
            } catch (VersionRefusedException e) {
                stop(id, refused(e), parcels);
            } catch (StoreUnavailableException _) {
                stop(id, LaneRun.Stop.RETRY, parcels);
            }
        }

        private LaneRun.Stop refused(VersionRefusedException reason) {
            refusal = Optional.ofNullable(reason.getMessage());
            return LaneRun.Stop.REFUSED;
        }

        private Steps<T, V, R> prepare(Steps<T, V, R> steps, Map<LaneId, List<Parcel<T>>> slice) {
            if (!steps.prepares()) {
                return steps;
            }
            if (!version.isNone()) {
                concurrently(slice, this::admit);
            }
            try {
                return steps.prepare(events(slice));
            } catch (RetryLaterException e) {
                throw new StoreUnavailableException("the bot's code wants to try again later: " + e.getMessage(), e);
            }
        }

        private List<T> events(Map<LaneId, List<Parcel<T>>> slice) {
            List<T> events = new ArrayList<>();
            slice.forEach((id, parcels) -> {
                if (!stopped.contains(id)) {
                    parcels.forEach(parcel -> parcel.contents().forEach(content -> addEvent(content, events)));
                }
            });
            return events;
        }

        private void addEvent(Content<T> content, List<T> events) {
            switch (content) {
                case Content.Fact<T> fact -> events.add(fact.event());
                case Content.Keyless<T> keyless -> events.add(keyless.event());
                case Content.Addition<T> _, Content.Operation<T> _, Content.Bad<T> _, Content.NotOurs<T> _ -> {}
            }
        }

        private void runLane(LaneId id, List<Parcel<T>> parcels, Optional<Steps<T, V, R>> prepared, boolean doesDue) {
            LaneRun.Stop stop = LaneRun.Stop.RETRY;
            try {
                Lane<T, V> lane = lane(id);
                LaneRun<T, V, R> run = runs.computeIfAbsent(id, _ -> newRun(lane));
                stop = emit.send(lane, deadlineMillis) ? run.run(parcels, prepared, doesDue) : LaneRun.Stop.RETRY;
                if (stop == LaneRun.Stop.NONE && !emit.send(lane, deadlineMillis)) {
                    stop = LaneRun.Stop.RETRY;
                }
            } catch (VersionRefusedException e) {
                stop = refused(e);
            } catch (StoreUnavailableException _) {
                stop = LaneRun.Stop.RETRY;
            } finally {
                if (stop != LaneRun.Stop.NONE) {
                    stop(id, stop, parcels);
                }
                tell(id, stop);
            }
        }

        private void tell(LaneId id, LaneRun.Stop stop) {
            LaneTally ran = tallies.get(id);
            Lane<T, V> lane = warm.get(id);
            if (ran != null && lane != null && stop == LaneRun.Stop.NONE) {
                ran.done(lane.counts);
                tally.stands(id, lane);
            }
            if (ran != null) {
                ran.tell(tally);
            }
            if (stop == LaneRun.Stop.FENCED) {
                tally.fenced();
            }
        }

        private LaneRun<T, V, R> newRun(Lane<T, V> lane) {
            // Not the incarnation alone: a write that was given up can land while a later run tries the same fence with
            // other events.
            String writer = incarnation + "/" + lanesRun.incrementAndGet();
            LaneTally counted = new LaneTally(lane.counts);
            tallies.put(lane.id, counted);
            Committer<T, V, R> committer = new Committer<>(graph, bus, items, time, writer, counted);
            return new LaneRun<>(graph, bus, lane, committer, time, deadlineMillis, isIdle);
        }

        /** The lane's memory may be ahead of what is stored: it is loaded anew when it is needed again. */
        private synchronized void stop(LaneId id, LaneRun.Stop stop, List<Parcel<T>> parcels) {
            warm.remove(id);
            stopped.add(id);
            LaneRun<T, V, R> run = runs.get(id);
            List<Parcel<T>> left = run == null ? List.of() : run.uncommitted();
            (left.isEmpty() ? parcels : left).forEach(parcel -> undone.add(parcel.origin()));
            stops.add(
                    switch (stop) {
                        case NONE, RETRY -> Taken.Stop.RETRY;
                        case FENCED -> Taken.Stop.FENCED;
                        case REFUSED -> Taken.Stop.REFUSED;
                        case ROGUE -> Taken.Stop.PAUSED;
                    });
            if (stop == LaneRun.Stop.ROGUE && run != null) {
                control.pause(run.rogueReason() + ": lane=" + id.text());
            }
        }
    }
}
