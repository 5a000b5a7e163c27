package dev.weir.flow;

import dev.weir.flow.Counts.Count;
import dev.weir.flow.ParkedEvent.Place;
import dev.weir.model.Json;
import dev.weir.model.Step;
import dev.weir.wire.JsonCursor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One parked event, tried again: either it takes effect and its item is removed, both in the lane's draft, or it stays parked with the new
 * reason. Used by one thread.
 */
final class Again<T, V, R> {

    /** What became of the event. */
    enum Outcome {
        /** It is no longer parked. */
        GONE,
        /** It is parked as before, and says why. */
        STAYS,
        /** The lane stops: a commit did not succeed. */
        STOPPED
    }

    private final String bot;
    private final Lane<T, V> lane;
    private final Transform<T, V, R> transform;
    private final LineDecode<T> decode;
    private final EventRun<T, V, R> events;
    private final EventRun.Room room;
    private final ParkedStore store;
    private final JsonCursor cursor = new JsonCursor();

    Again(
            String bot,
            Lane<T, V> lane,
            Transform<T, V, R> transform,
            LineDecode<T> decode,
            EventRun<T, V, R> events,
            EventRun.Room room,
            ParkedStore store) {
        this.bot = bot;
        this.lane = lane;
        this.transform = transform;
        this.decode = decode;
        this.events = events;
        this.room = room;
        this.store = store;
    }

    /**
     * @param payload in place of its own; null if it has none
     * @param inTurn whether all that was parked of its key before it is gone: then it takes its own place in the order of the key
     */
    Outcome take(ParkedEvent event, @Nullable Json payload, boolean inTurn) {
        if (payload == null) {
            return stays(event, Step.DECODE, "its payload is not in its item, it is too large: put it back by its id");
        }
        if (!room.ensure(event.bytes())) {
            return Outcome.STOPPED;
        }
        return switch (content(event, payload)) {
            case Content.Fact<T> fact -> takeFact(event, payload, fact, inTurn);
            case Content.Keyless<T>(T value) -> effect(event, payload, value, () -> {});
            case Content.Addition<T> addition -> add(event, addition);
            case Content.Bad<T> bad -> stays(event, Step.DECODE, bad.refusal().reason());
            case Content.Operation<T> _, Content.NotOurs<T> _ ->
                stays(event, Step.DECODE, "a command about parked events, or to another bot, can only be dropped");
        };
    }

    /** What another payload is, or its own: an event, unless a lane of the bot wrote it as a command. */
    private Content<T> content(ParkedEvent event, Json payload) {
        Parcel.Origin origin = origin(event);
        return event.isCommand() && payload.equals(event.payload())
                ? decode.decode(event.producer(), origin, event.index(), payload)
                : decode.event(origin, event.index(), payload);
    }

    private static Parcel.Origin origin(ParkedEvent event) {
        return new Parcel.Origin(event.shardId(), event.sequenceNumber(), event.arrivalMillis());
    }

    private Outcome takeFact(ParkedEvent event, Json payload, Content.Fact<T> fact, boolean inTurn) {
        if (!events.belongsHere(fact.key())) {
            return Oversize.is(payload)
                    ? stays(event, Step.EMIT, "it is too large to travel to the lane of its key: key=" + fact.key())
                    : asNew(event, payload, fact);
        }
        boolean isOwnKey = fact.key().equals(event.key());
        if (isOwnKey && inTurn && event.blocks()) {
            return effect(
                    event,
                    payload,
                    fact.event(),
                    () -> remember(fact)); // its number and id were taken when it was parked
        }
        return takeAmongNew(event, payload, fact, isOwnKey, inTurn && isOwnKey);
    }

    /** An event that has no place in the order of its key, or another key than it had. */
    private Outcome takeAmongNew(
            ParkedEvent event, Json payload, Content.Fact<T> fact, boolean isLate, boolean inTurn) {
        Slot<V> slot = lane.slots.loaded(fact.key());
        Mark.Arrival arrival = isLate || fact.sequence().isEmpty()
                ? Mark.Arrival.READY
                : slot.sequence.meet(fact.sequence().getAsLong());
        boolean seen = fact.id() != null && lane.ids.contains(fact.id());
        if (seen || arrival == Mark.Arrival.SEEN) {
            lane.counts.add(Count.SAME_BUSINESS_ID, 1);
            return gone(event);
        }
        if (arrival == Mark.Arrival.EARLY || (slot.parked > 0 && !inTurn)) {
            return Oversize.is(payload)
                    ? stays(event, Step.REORDER, "it is too large to wait for others of its key: key=" + fact.key())
                    : behind(event, payload, fact, isLate);
        }
        Outcome outcome = effect(event, payload, fact.event(), () -> {
            moveMark(fact, isLate);
            remember(fact);
        });
        return outcome == Outcome.GONE && !room.release(fact.key()) ? Outcome.STOPPED : outcome;
    }

    private void moveMark(Content.Fact<T> fact, boolean isLate) {
        if (isLate || fact.sequence().isEmpty()) {
            return;
        }
        Slot<V> slot = lane.slots.loaded(fact.key());
        long number = fact.sequence().getAsLong();
        Mark mark = number == slot.sequence.next()
                ? slot.sequence.advancedTo(number + 1)
                : slot.sequence.withoutLate(number);
        lane.slots.setOrder(slot, mark, slot.parked);
    }

    private void remember(Content.Fact<T> fact) {
        if (fact.id() != null && !lane.ids.contains(fact.id())) {
            lane.ids.add(fact.id());
        }
    }

    /** What every new event goes through; it may wait, travel or be parked again, behind others. */
    private Outcome asNew(ParkedEvent event, Json payload, Content.Fact<T> fact) {
        return events.take(parcel(event, payload, fact), 0) ? gone(event) : Outcome.STOPPED;
    }

    private Outcome behind(ParkedEvent event, Json payload, Content.Fact<T> fact, boolean isLate) {
        if (!isLate) {
            return asNew(event, payload, fact);
        }
        return events.takeWithoutNumber(parcel(event, payload, fact), fact) ? gone(event) : Outcome.STOPPED;
    }

    /** Nobody's: the producer's number of an event that was parked counts no more. */
    private Parcel<T> parcel(ParkedEvent event, Json payload, Content<T> content) {
        return new Parcel<>(origin(event), null, 0, event.index(), List.of(payload), List.of(content));
    }

    private Outcome add(ParkedEvent event, Content.Addition<T> addition) {
        String failure = events.add(addition);
        if (failure != null) {
            return stays(event, Step.TRANSFORM, failure);
        }
        lane.counts.add(Count.MERGED, 1);
        return gone(event);
    }

    /** Runs the bot's code; what else the event changes goes into the same draft. */
    private Outcome effect(ParkedEvent event, Json payload, T value, Runnable order) {
        for (; ; ) {
            boolean alone = lane.draftBytes() == 0;
            switch (transform.apply(value, Cause.of(event))) {
                case Transform.Outcome.Later _ -> {
                    room.giveWay();
                    return Outcome.STOPPED;
                }
                case Transform.Outcome.Threw(String reason) -> {
                    return stays(corrected(event, payload), Step.TRANSFORM, reason);
                }
                case Transform.Outcome.Applied _ -> {
                    if (lane.hasRoomFor(0)) {
                        order.run();
                        lane.slots.accept();
                        lane.counts.add(Count.PROCESSED, 1);
                        return gone(event);
                    }
                }
            }
            transform.undo();
            if (alone) {
                return stays(corrected(event, payload), Step.TRANSFORM, "the effects of one event exceed a commit");
            }
            if (!room.commit()) {
                return Outcome.STOPPED;
            }
        }
    }

    /** With the payload that was tried, if it fits into an item. */
    private static ParkedEvent corrected(ParkedEvent event, Json payload) {
        return Oversize.is(payload) || payload.equals(event.payload()) ? event : event.withPayload(payload);
    }

    private Outcome gone(ParkedEvent event) {
        lane.draft.parking().change(store.removal(event), event);
        unblock(event);
        lane.counts.add(Count.PUT_BACK, 1);
        return Outcome.GONE;
    }

    /** One less blocks the key. The key is looked up again, as after anything that may commit. */
    void unblock(ParkedEvent event) {
        if (event.blocks() && event.key() != null) {
            Slot<V> slot = lane.slots.loaded(event.key());
            lane.slots.setOrder(slot, slot.sequence, slot.parked - 1);
            lane.slots.accept();
        }
    }

    private Outcome stays(ParkedEvent event, Step step, String reason) {
        ParkedEvent tried =
                event.failing(event.blocks() ? Place.FAILED : Place.APART, step.label(), Parking.cut(reason));
        Json note = ParkedNote.parked(bot, tried, cursor);
        if (!room.ensure(tried.bytes() + note.length())) {
            return Outcome.STOPPED;
        }
        lane.draft.parking().change(store.change(tried), tried);
        lane.draft.parking().tellParked(note, event.arrivalMillis());
        return Outcome.STAYS;
    }

    /** An event whose turn did not come keeps the payload that it was given, for when it does. */
    boolean keep(ParkedEvent event, Json payload) {
        if (!room.ensure(payload.length() + 1_000L)) {
            return false;
        }
        boolean fits = !Oversize.is(payload)
                && content(event, payload) instanceof Content.Fact<T> fact
                && fact.key().equals(event.key());
        ParkedEvent kept = fits
                ? event.withPayload(payload)
                : event.failing(
                        event.place(),
                        event.step(),
                        "the payload it was given is no event of its key that fits an item");
        lane.draft.parking().change(store.change(kept), kept);
        return true;
    }
}
