package dev.weir.flow;

import dev.weir.flow.Counts.Count;
import dev.weir.graph.Graph;
import dev.weir.graph.Steps;
import dev.weir.port.StoreUnavailableException;
import dev.weir.port.Time;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One lane's way through one batch: dedupe, reorder, transform, commit, in the order of the shard. Used by one thread.
 *
 * <p>Methods that may commit answer whether the lane goes on. {@code false} means that it stopped, for the reason in {@link #stop},
 * and that what is not committed must come again.
 */
final class LaneRun<T, V, R> implements EventRun.Room {

    /** Why a lane stopped. */
    enum Stop {
        /** It did not: everything is committed. */
        NONE,
        /** Somebody else has the lane. */
        FENCED,
        /** The time is up, or the store does not answer. */
        RETRY,
        /** Another version of the bot serves the lane. */
        REFUSED,
        /** The bot's code fails for many keys: the bot is broken, not the events. */
        ROGUE
    }

    private final Graph<T, V, R> graph;
    private final Lane<T, V> lane;
    private final Committer<T, V, R> committer;
    private final EventRun<T, V, R> events;
    private final Time time;
    private final long deadlineMillis;
    private final boolean isIdle;

    private List<Parcel<T>> parcels = List.of();
    private int current; // the parcel of the batch that is being taken
    private int done; // how many of its events are done
    private int committed; // how many parcels are wholly committed
    private @Nullable Parcel<T>
            walked; // the numbered parcel whose events are being applied, of the batch or held before
    private int walkedTo;
    private boolean moved; // whether the checkpoint must move although the draft is empty
    private boolean probed;
    private Stop stop = Stop.NONE;

    /** @param isIdle whether the lane has nothing to do but what time asks for */
    LaneRun(
            Graph<T, V, R> graph,
            Bus bus,
            Lane<T, V> lane,
            Committer<T, V, R> committer,
            Time time,
            long deadlineMillis,
            boolean isIdle) {
        this.graph = graph;
        this.lane = lane;
        this.committer = committer;
        this.events = new EventRun<>(graph, bus, lane, time, this, committer.parked());
        this.time = time;
        this.deadlineMillis = deadlineMillis;
        this.isIdle = isIdle;
    }

    /**
     * Takes parcels, in order, and commits. Without parcels it does what time alone asks for.
     *
     * @param prepared the steps with which their events are taken, if the graph has several
     * @param doesDue whether what is due is done too, which may wait for others
     */
    Stop run(List<Parcel<T>> batch, Optional<Steps<T, V, R>> prepared, boolean doesDue) {
        events.use(prepared);
        try {
            return run(batch, doesDue);
        } finally {
            events.use(graph.steps()); // what was prepared for these parcels is let go with them
        }
    }

    private Stop run(List<Parcel<T>> batch, boolean doesDue) {
        parcels = batch;
        stop = Stop.NONE;
        current = 0;
        done = 0;
        committed = 0;
        probed = false;
        lane.ids.expire(time.epochMillis());
        try {
            lane.slots.prefetch(coldKeys());
            if (finishReleases() && takeAll() && passOverdueGaps() && (!doesDue || events.takeDue(isIdle))) {
                commit();
            }
        } catch (StoreUnavailableException _) {
            stop = Stop.RETRY;
        }
        return events.isRogue() ? Stop.ROGUE : stop;
    }

    /** After the stop {@link Stop#ROGUE}: why. */
    String rogueReason() {
        return events.rogueReason();
    }

    /** After a stop: the parcels that are not wholly committed. */
    List<Parcel<T>> uncommitted() {
        return parcels.subList(committed, parcels.size());
    }

    /** Keys of the batch whose rows may have to be read: those that are not in memory. */
    private Set<String> coldKeys() {
        Set<String> keys = new HashSet<>();
        if (lane.slots.isComplete()) {
            return keys;
        }
        for (Parcel<T> parcel : parcels) {
            for (Content<T> content : parcel.contents()) {
                switch (content) {
                    case Content.Fact<T> fact -> {
                        addCold(fact.key(), keys);
                        touched(fact).forEach(key -> addCold(key, keys));
                    }
                    case Content.Addition<T> addition -> addCold(addition.key(), keys);
                    case Content.Operation<T>(Command.Parking command) -> {
                        if (command.key() != null) {
                            addCold(command.key(), keys);
                        }
                    }
                    case Content.Keyless<T> _, Content.Bad<T> _, Content.NotOurs<T> _ -> {}
                }
            }
        }
        return keys;
    }

    private void addCold(String key, Set<String> keys) {
        if (!lane.slots.isLoaded(key)) {
            keys.add(key);
        }
    }

    private List<String> touched(Content.Fact<T> fact) {
        try {
            return graph.touching().apply(fact.event());
        } catch (RuntimeException _) {
            return List.of(); // a hint only: what the bot's step does with this event will tell
        }
    }

    // ------------------------------------------------------------------ 20-dedupe, layers one and two

    private boolean takeAll() {
        while (current < parcels.size()) {
            Parcel<T> parcel = parcels.get(current);
            done = lane.positions.redelivered(parcel);
            lane.counts.add(Count.REDELIVERED, done);
            boolean goesOn = parcel.producer() == null
                    ? walk(parcel, done, true)
                    : takeNumbered(parcel, new Scope.Producer(parcel.producer()));
            if (!goesOn) {
                return false;
            }
            settle();
            current++;
            done = 0;
            while (lane.held.overflows()) {
                if (!passOldestGap()) {
                    return false;
                }
            }
        }
        return true;
    }

    private boolean takeNumbered(Parcel<T> parcel, Scope.Producer scope) {
        boolean goesOn = true;
        while (goesOn && done < parcel.count()) {
            goesOn = switch (lane.marks.of(scope.id()).meet(parcel.number() + done)) {
                case READY -> walk(parcel, done, true);
                case SEEN -> dropRetried();
                case LATE -> takeLate(parcel, scope);
                case EARLY -> hold(scope, parcel);
            };
        }
        return goesOn && release(scope);
    }

    private boolean dropRetried() {
        lane.counts.add(Count.RETRIED_BY_PRODUCER, 1);
        done++;
        return true;
    }

    private boolean takeLate(Parcel<T> parcel, Scope.Producer scope) {
        if (!events.parkLate(parcel, done)) {
            return false;
        }
        Mark mark = lane.marks.of(scope.id()).withoutLate(parcel.number() + done);
        lane.marks.put(scope.id(), mark, time.epochMillis());
        done++;
        return true;
    }

    /** Applies the events of a parcel from an index on; {@code ofBatch} if it is the current one of the batch. */
    private boolean walk(Parcel<T> parcel, int from, boolean ofBatch) {
        for (int i = from; i < parcel.count(); i++) {
            if (!events.take(parcel, i)) {
                return false;
            }
            walked = parcel;
            walkedTo = i + 1;
            done = ofBatch ? i + 1 : done;
            if (!releaseKey(parcel.contents().get(i))) {
                return false;
            }
        }
        settle();
        return true;
    }

    /** What was taken so far will be in the checkpoint of the next commit. */
    private void settle() {
        if (walked != null && walked.producer() != null) {
            Mark mark = lane.marks.of(walked.producer()).advancedTo(walked.number() + walkedTo);
            lane.marks.put(walked.producer(), mark, time.epochMillis());
            moved = true;
        }
        walked = null;
        if (current < parcels.size()) {
            Parcel<T> parcel = parcels.get(current);
            moved |= lane.positions.advance(
                    parcel.origin().shardId(), parcel.origin().sequenceNumber(), parcel.index() + done);
        }
    }

    // ------------------------------------------------------------------ 30-reorder

    /** Puts aside the rest of the current parcel, in pieces that fit into an item. */
    private boolean hold(Scope.Producer scope, Parcel<T> parcel) {
        while (done < parcel.count()) {
            int to = done + 1;
            long bytes = parcel.lines().get(done).length();
            while (to < parcel.count() && bytes + parcel.lines().get(to).length() <= Limits.HELD_PIECE_BYTES) {
                bytes += parcel.lines().get(to).length();
                to++;
            }
            if (!ensure(bytes)) {
                return false;
            }
            Parcel<T> piece = parcel.between(done, to);
            int fresh = lane.held.hold(scope, piece.number(), piece, time.epochMillis());
            lane.counts.add(Count.HELD, fresh);
            lane.counts.add(Count.RETRIED_BY_PRODUCER, (long) piece.count() - fresh);
            done = to;
        }
        settle();
        return true;
    }

    /** Releases that an earlier process began and did not finish. */
    private boolean finishReleases() {
        for (Scope scope : List.copyOf(lane.unfinishedReleases)) {
            if (!release(scope)) {
                return false;
            }
        }
        lane.unfinishedReleases.clear();
        return true;
    }

    private boolean release(Scope scope) {
        return switch (scope) {
            case Scope.Producer producer -> releaseProducer(producer);
            case Scope.OfKey key -> releaseKey(key);
        };
    }

    private boolean releaseProducer(Scope.Producer scope) {
        for (; ; ) {
            long next = lane.marks.of(scope.id()).next();
            Optional<Held.Entry<T>> ready = lane.held.ready(scope, next);
            if (ready.isEmpty()) {
                return true;
            }
            int seen = (int) Math.min(next - ready.get().number, ready.get().count());
            if (!walk(ready.get().parcel, seen, false)) {
                return false;
            }
            lane.held.release(ready.get());
        }
    }

    private boolean releaseKey(Content<T> content) {
        return lane.held.isEmpty()
                || graph.sequences().isEmpty()
                || !(content instanceof Content.Fact<T> fact)
                || releaseKey(new Scope.OfKey(fact.key()));
    }

    private boolean releaseKey(Scope.OfKey scope) {
        for (; ; ) {
            long next = lane.slots.loaded(scope.key()).sequence.next();
            Optional<Held.Entry<T>> ready = lane.held.ready(scope, next);
            if (ready.isEmpty()) {
                return true;
            }
            if (ready.get().number == next && !events.take(ready.get().parcel, 0)) {
                return false;
            }
            lane.held.release(ready.get());
        }
    }

    private boolean passOverdueGaps() {
        while (lane.held.oldest().filter(this::isOverdue).isPresent()) {
            if (!passOldestGap()) {
                return false;
            }
        }
        return true;
    }

    private boolean isOverdue(Held.Entry<T> entry) {
        long deadline =
                switch (entry.scope) {
                    case Scope.Producer _ -> Limits.HELD_DEADLINE.toMillis();
                    case Scope.OfKey _ ->
                        graph.sequences()
                                .map(rule -> rule.deadline().toMillis())
                                .orElse(0L);
                };
        return time.epochMillis() - entry.sinceMillis >= deadline;
    }

    private boolean passOldestGap() {
        Optional<Held.Entry<T>> oldest = lane.held.oldest();
        if (oldest.isEmpty()) {
            return true;
        }
        if (!ensure(Gap.BYTES_MAX)) {
            return false;
        }
        Scope scope = oldest.get().scope;
        long lowest = lane.held.lowest(scope);
        Mark mark = markOf(scope);
        if (lowest <= mark.next()) {
            return release(scope); // there is no gap: a release was cut short
        }
        lane.draft.gap(
                Gap.event(graph.name(), lane.id, oldest.get(), mark.next(), lowest, time.epochMillis()),
                time.epochMillis());
        lane.counts.add(Count.GAPS, 1);
        setMark(scope, mark.passing(lowest));
        return release(scope);
    }

    private Mark markOf(Scope scope) {
        return switch (scope) {
            case Scope.Producer(String id) -> lane.marks.of(id);
            case Scope.OfKey(String key) -> lane.slots.loaded(key).sequence;
        };
    }

    private void setMark(Scope scope, Mark mark) {
        switch (scope) {
            case Scope.Producer(String id) -> lane.marks.put(id, mark, time.epochMillis());
            case Scope.OfKey(String key) -> {
                Slot<V> slot = lane.slots.loaded(key);
                lane.slots.setOrder(slot, mark, slot.parked);
                lane.slots.accept();
            }
        }
    }

    // ------------------------------------------------------------------ 50-commit

    @Override
    public boolean ensure(long bytes) {
        return lane.hasRoomFor(bytes) || commit();
    }

    @Override
    public boolean hasTime() {
        if (time.epochMillis() < deadlineMillis) {
            return true;
        }
        return giveWay();
    }

    @Override
    public boolean giveWay() {
        if (commit()) {
            stop = Stop.RETRY;
        }
        return false;
    }

    @Override
    public boolean release(String key) {
        return lane.held.isEmpty() || graph.sequences().isEmpty() || releaseKey(new Scope.OfKey(key));
    }

    /** The rest of the batch, without what is done. */
    private List<Parcel<T>> ahead() {
        List<Parcel<T>> ahead = new ArrayList<>(parcels.subList(current, parcels.size()));
        if (!ahead.isEmpty()) {
            ahead.set(0, ahead.getFirst().from(done));
        }
        return ahead;
    }

    @Override
    public boolean commit() {
        settle();
        if (lane.draftBytes() == 0 && !moved) {
            committed = current;
            return true;
        }
        if (!probed && events.sawFailures()) {
            probed = true;
            events.probe(ahead());
        }
        if (events.isRogue()) {
            return false;
        }
        stop = switch (committer.commit(lane, deadlineMillis)) {
            case COMMITTED -> Stop.NONE;
            case FENCED -> Stop.FENCED;
            case RETRY -> Stop.RETRY;
        };
        if (stop == Stop.NONE) {
            moved = false;
            committed = current;
            committer.tidy(lane);
        }
        return stop == Stop.NONE;
    }
}
