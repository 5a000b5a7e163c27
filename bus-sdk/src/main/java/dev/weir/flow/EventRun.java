package dev.weir.flow;

import dev.weir.flow.Counts.Count;
import dev.weir.flow.ParkedEvent.Place;
import dev.weir.graph.Graph;
import dev.weir.graph.Steps;
import dev.weir.model.LaneId;
import dev.weir.model.Lanes;
import dev.weir.model.SequenceNumber;
import dev.weir.model.Step;
import dev.weir.port.Time;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One event's way: layer three of dedupe and reorder, which look into the payload; step 40-transform; and parking. What it does is in the
 * lane's draft afterwards. Used by one thread.
 *
 * <p>Methods answer whether the lane goes on: {@code false} if a commit that had to come in between did not succeed, or if the bot is
 * rogue.
 */
final class EventRun<T, V, R> {

    /** Room in the lane's draft, made by commits. */
    interface Room {
        /** Commits first, if the draft has not room for this many bytes more; answers whether there is room. */
        boolean ensure(long bytes);

        /** Commits; answers whether it succeeded. */
        boolean commit();

        /** Whether there is time left; if not, commits what is there, and the lane stops. */
        boolean hasTime();

        /** Commits what is there; the lane stops, to go on later. Always false. */
        boolean giveWay();

        /** Takes the held events of a key that are ready now. */
        boolean release(String key);
    }

    /** What is only tried has no results, and so no cause. */
    private static final Cause PROBE = new Cause(0, "", SequenceNumber.ZERO, 0);

    private final Graph<T, V, R> graph;
    private final Lanes lanes;
    private final Lane<T, V> lane;
    private final Transform<T, V, R> transform;
    private final Parking<T, V> parking;
    private final PutBack<T, V, R> putBack;
    private final Time time;
    private final Room room;

    /** Keys for whose events the bot's code failed, in this batch. */
    private final Set<String> poisoned = new HashSet<>();

    private String dueFailure = "";

    EventRun(Graph<T, V, R> graph, Bus bus, Lane<T, V> lane, Time time, Room room, ParkedStore parked) {
        this.graph = graph;
        this.lanes = bus.lanes();
        this.lane = lane;
        this.transform = new Transform<>(graph, bus, lane);
        this.parking = new Parking<>(graph.name(), lane);
        LineDecode<T> decode = new LineDecode<>(graph);
        this.putBack = new PutBack<>(
                graph.name(),
                lanes,
                lane,
                room,
                parked,
                new Again<>(graph.name(), lane, transform, decode, this, room, parked));
        this.time = time;
        this.room = room;
    }

    /** Takes events with these steps from now on, if the graph has several. */
    void use(Optional<Steps<T, V, R>> prepared) {
        transform.use(prepared);
    }

    /** Whether the bot's code fails for so many keys, or for what is due, that the bot is broken and not the events. */
    boolean isRogue() {
        return poisoned.size() > Limits.ROGUE_KEYS_MAX || !dueFailure.isEmpty();
    }

    /** Why the bot is broken. */
    String rogueReason() {
        return dueFailure.isEmpty()
                ? "the bot's code failed for more than " + Limits.ROGUE_KEYS_MAX + " keys of one batch"
                : dueFailure;
    }

    /**
     * Does all that is due because time has passed.
     *
     * @param isIdle whether the lane has nothing else to do
     */
    boolean takeDue(boolean isIdle) {
        if (!graph.isTimed() || !(lane.id instanceof LaneId.Slice)) {
            return true;
        }
        Steps<T, V, R> steps = graph.steps().orElseThrow();
        for (; ; ) {
            boolean alone = lane.draftBytes() == 0;
            Optional<Transform.Outcome> outcome = transform.due(steps, isIdle, clock());
            if (outcome.isEmpty()) {
                lane.slots.accept(); // the clock may have gone on
                return true;
            }
            switch (outcome.get()) {
                case Transform.Outcome.Later _ -> {
                    return room.giveWay();
                }
                case Transform.Outcome.Threw(String reason) -> {
                    dueFailure = "what is due cannot be done: " + reason;
                    return false;
                }
                case Transform.Outcome.Applied _ -> {
                    if (lane.hasRoomFor(0)) {
                        lane.slots.accept();
                        continue;
                    }
                }
            }
            transform.undo();
            if (alone) {
                dueFailure = "what is due at once exceeds a commit";
                return false;
            }
            if (!room.commit()) {
                return false;
            }
        }
    }

    private Cause clock() {
        return new Cause(time.epochMillis(), "", SequenceNumber.ZERO, 0);
    }

    /** Takes one event of a parcel. */
    boolean take(Parcel<T> parcel, int index) {
        return switch (parcel.contents().get(index)) {
            case Content.Fact<T> fact ->
                belongsHere(fact.key()) ? takeFact(parcel, index, fact) : forward(parcel, index, fact);
            case Content.Keyless<T> keyless -> takeKeyless(parcel, index, keyless.event());
            case Content.Addition<T> addition -> takeAddition(parcel, index, addition);
            case Content.Operation<T>(Command.Parking command) ->
                putBack.keeps(command)
                        ? putBack.run(command)
                        : park(parcel, index, Step.DECODE, "the command is about an event that another lane keeps");
            case Content.Bad<T> bad ->
                park(parcel, index, Step.DECODE, bad.refusal().reason());
            case Content.NotOurs<T> _ -> {
                lane.counts.add(Count.NOT_OURS, 1);
                yield true;
            }
        };
    }

    /** A writer may know another key than the bot does; what came into the wrong lane is sent on. */
    boolean belongsHere(String key) {
        return lane.id instanceof LaneId.Slice && lane.slots.owns(key);
    }

    private boolean forward(Parcel<T> parcel, int index, Content.Fact<T> fact) {
        if (!room.ensure(parcel.lines().get(index).length())) {
            return false;
        }
        lane.draft.forward(
                Route.own(lanes.of(fact.key())),
                Command.forward(graph.name(), parcel.lines().get(index)));
        lane.counts.add(Count.FORWARDED, 1);
        return true;
    }

    private boolean takeAddition(Parcel<T> parcel, int index, Content.Addition<T> addition) {
        if (!room.ensure(addition.value().length())) {
            return false;
        }
        String failure = add(addition);
        if (failure != null) {
            return park(parcel, index, Step.TRANSFORM, failure);
        }
        lane.counts.add(Count.MERGED, 1);
        return true;
    }

    /** Adds a value to the state of a key; answers why it cannot be, or null. */
    @Nullable
    String add(Content.Addition<T> addition) {
        try {
            lane.slots.add(addition.key(), graph.table().codec().decode(addition.value()));
            lane.slots.accept();
            return null;
        } catch (IllegalArgumentException | IllegalStateException | ArithmeticException e) {
            lane.slots.undo();
            return "value cannot be added: key=" + addition.key() + " reason=" + e;
        }
    }

    /** Takes an event whose sequence number does not count any more. */
    boolean takeWithoutNumber(Parcel<T> parcel, Content.Fact<T> fact) {
        Slot<V> slot = lane.slots.loaded(fact.key());
        return takeInTurn(parcel, 0, fact, slot, slot.sequence);
    }

    private boolean takeFact(Parcel<T> parcel, int index, Content.Fact<T> fact) {
        Slot<V> slot = lane.slots.loaded(fact.key());
        OptionalLong number = fact.sequence();
        if (number.isEmpty()) {
            return takeInTurn(parcel, index, fact, slot, slot.sequence);
        }
        return switch (slot.sequence.meet(number.getAsLong())) {
            case READY -> takeInTurn(parcel, index, fact, slot, slot.sequence.advancedTo(number.getAsLong() + 1));
            case SEEN -> dropSameId();
            case EARLY -> holdByKey(new Scope.OfKey(fact.key()), number.getAsLong(), parcel, index);
            case LATE -> {
                Mark mark = slot.sequence.withoutLate(number.getAsLong());
                String reason = "arrived after the gap that it fills was passed: sequence=" + number.getAsLong();
                yield parkInOrder(parcel, index, fact, mark, Step.REORDER, reason, Place.APART);
            }
        };
    }

    private boolean holdByKey(Scope.OfKey scope, long number, Parcel<T> parcel, int index) {
        if (!room.ensure(parcel.lines().get(index).length())) {
            return false;
        }
        int fresh = lane.held.hold(scope, number, parcel.between(index, index + 1), time.epochMillis());
        lane.counts.add(Count.HELD, fresh);
        lane.counts.add(Count.SAME_BUSINESS_ID, 1L - fresh);
        return true;
    }

    private boolean dropSameId() {
        lane.counts.add(Count.SAME_BUSINESS_ID, 1);
        return true;
    }

    private boolean takeInTurn(Parcel<T> parcel, int index, Content.Fact<T> fact, Slot<V> slot, Mark mark) {
        IdWindow.Id id = fact.id();
        if (id != null && lane.ids.contains(id)) {
            moveMark(slot, mark);
            return dropSameId();
        }
        if (slot.parked > 0) {
            String reason = "an earlier event of its key is parked: key=" + fact.key();
            return parkInOrder(parcel, index, fact, mark, Step.TRANSFORM, reason, Place.BEHIND) && remember(id);
        }
        return apply(parcel, index, fact, mark, id);
    }

    private boolean remember(IdWindow.@Nullable Id id) {
        if (id != null) {
            lane.ids.add(id);
        }
        return true;
    }

    private void moveMark(Slot<V> slot, Mark mark) {
        if (!mark.equals(slot.sequence)) {
            lane.slots.setOrder(slot, mark, slot.parked);
            lane.slots.accept();
        }
    }

    private boolean apply(Parcel<T> parcel, int index, Content.Fact<T> fact, Mark mark, IdWindow.@Nullable Id id) {
        for (; ; ) {
            boolean alone = lane.draftBytes() == 0;
            switch (transform.apply(fact.event(), Cause.of(parcel, index))) {
                case Transform.Outcome.Later _ -> {
                    return room.giveWay();
                }
                case Transform.Outcome.Threw(String reason) -> {
                    return poison(parcel, index, fact, mark, reason) && remember(id);
                }
                case Transform.Outcome.Applied _ -> {
                    if (lane.hasRoomFor(0)) {
                        moveMark(lane.slots.loaded(fact.key()), mark);
                        lane.slots.accept();
                        lane.counts.add(Count.PROCESSED, 1);
                        return remember(id);
                    }
                }
            }
            transform.undo();
            if (alone) {
                return poison(parcel, index, fact, mark, "the effects of one event exceed a commit") && remember(id);
            }
            if (!room.commit()) {
                return false;
            }
        }
    }

    /** An event without a key: nothing waits for it, and it waits for nothing. */
    private boolean takeKeyless(Parcel<T> parcel, int index, T event) {
        for (; ; ) {
            boolean alone = lane.draftBytes() == 0;
            switch (transform.apply(event, Cause.of(parcel, index))) {
                case Transform.Outcome.Later _ -> {
                    return room.giveWay();
                }
                case Transform.Outcome.Threw(String reason) -> {
                    poisoned.add(name(parcel, index));
                    return !isRogue() && park(parcel, index, Step.TRANSFORM, reason);
                }
                case Transform.Outcome.Applied _ -> {
                    if (lane.hasRoomFor(0)) {
                        lane.counts.add(Count.PROCESSED, 1);
                        return true;
                    }
                }
            }
            transform.undo();
            if (alone) {
                return park(parcel, index, Step.TRANSFORM, "the effects of one event exceed a commit");
            }
            if (!room.commit()) {
                return false;
            }
        }
    }

    /** In the place of a key: where the event lies. */
    private static String name(Parcel<?> parcel, int index) {
        return parcel.origin().shardId() + "/" + parcel.origin().sequenceNumber() + "/" + (parcel.index() + index);
    }

    private boolean poison(Parcel<T> parcel, int index, Content.Fact<T> fact, Mark mark, String reason) {
        poisoned.add(fact.key());
        return !isRogue() && parkInOrder(parcel, index, fact, mark, Step.TRANSFORM, reason, Place.FAILED);
    }

    /** Whether the bot's code failed in this batch. */
    boolean sawFailures() {
        return !poisoned.isEmpty();
    }

    /** Looks, before events are parked for good, for how many keys the bot would fail further on in the batch; leaves no trace. */
    void probe(List<Parcel<T>> ahead) {
        if (graph.steps().filter(Steps::actsOutside).isPresent()) {
            return; // what is only tried would be done
        }
        for (Parcel<T> parcel : ahead) {
            for (int i = 0; i < parcel.count(); i++) {
                probe(parcel, i);
            }
        }
        lane.slots.undo();
    }

    private void probe(Parcel<T> parcel, int index) {
        switch (parcel.contents().get(index)) {
            case Content.Fact<T> fact -> {
                if (belongsHere(fact.key())) {
                    probe(fact.event(), fact.key());
                }
            }
            case Content.Keyless<T> keyless -> probe(keyless.event(), name(parcel, index));
            case Content.Addition<T> _, Content.Operation<T> _, Content.Bad<T> _, Content.NotOurs<T> _ -> {}
        }
    }

    private void probe(T event, String key) {
        switch (transform.apply(event, PROBE)) {
            case Transform.Outcome.Applied _ -> transform.undoResult();
            case Transform.Outcome.Later _ -> {}
            case Transform.Outcome.Threw _ -> poisoned.add(key);
        }
    }

    // ------------------------------------------------------------------ parking

    private boolean park(Parcel<T> parcel, int index, Step step, String reason) {
        if (!room.ensure(parcel.lines().get(index).length())) {
            return false;
        }
        parking.park(parcel, index, null, Place.APART, step, reason);
        return true;
    }

    /**
     * Parks an event whose place in its key's order is known. The key is looked up again, as after anything that may commit: a commit
     * may let go of keys in memory, and what was met before is then nobody's.
     *
     * @param place whether later events of the key wait behind it, and whether it waits itself
     */
    private boolean parkInOrder(
            Parcel<T> parcel, int index, Content.Fact<T> fact, Mark mark, Step step, String reason, Place place) {
        if (!room.ensure(parcel.lines().get(index).length())) {
            return false;
        }
        parking.park(parcel, index, fact.key(), place, step, reason);
        Slot<V> slot = lane.slots.loaded(fact.key());
        lane.slots.setOrder(slot, mark, place == Place.APART ? slot.parked : slot.parked + 1);
        lane.slots.accept();
        return true;
    }

    /** Parks an event of a producer whose gap was passed. */
    boolean parkLate(Parcel<T> parcel, int index) {
        long number = parcel.number() + index;
        return park(parcel, index, Step.REORDER, "arrived after the gap that it fills was passed: number=" + number);
    }
}
