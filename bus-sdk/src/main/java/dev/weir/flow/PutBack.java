package dev.weir.flow;

import dev.weir.flow.Counts.Count;
import dev.weir.flow.ParkedEvent.Place;
import dev.weir.model.Json;
import dev.weir.model.LaneId;
import dev.weir.model.Lanes;
import dev.weir.wire.JsonCursor;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Carries out what an operator says about parked events, in the run of the lane that keeps them. An event leaves the parked ones in the
 * commit that has its effects; one for which the bot fails again stays where it is, and the rest of its key behind it. Used by one thread.
 *
 * <p>A command may take many commits, and is done when all of it is: a process that dies before leaves it in the stream, and the next
 * takes what is left. If the event that the command names is gone by then, the first event of its key tells whether something is left: it
 * is then one that was parked only because of others.
 *
 * <p>Methods answer whether the lane goes on, as those of {@link EventRun} do.
 */
final class PutBack<T, V, R> {
    /** Events may be as large as an item: ten megabytes at once are enough. */
    private static final int EVENTS_AT_ONCE = 25;

    /**
     * What was said of a key.
     *
     * @param apart whether also those are meant that nothing waits for
     * @param id the event that a payload was given for, if one was
     */
    private record Wish(String key, boolean apart, @Nullable ParkedId id, @Nullable Json line) {
        boolean means(ParkedEvent event) {
            return key.equals(event.key()) && (apart || event.blocks());
        }

        @Nullable
        Json payload(ParkedEvent event) {
            return line != null && event.id().equals(id) ? line : event.payload();
        }
    }

    private final String bot;
    private final Lanes lanes;
    private final Lane<T, V> lane;
    private final EventRun.Room room;
    private final ParkedStore store;
    private final Again<T, V, R> again;
    private final JsonCursor cursor = new JsonCursor();

    PutBack(String bot, Lanes lanes, Lane<T, V> lane, EventRun.Room room, ParkedStore store, Again<T, V, R> again) {
        this.bot = bot;
        this.lanes = lanes;
        this.lane = lane;
        this.room = room;
        this.store = store;
        this.again = again;
    }

    /** Whether it is this lane that keeps what the command is about. */
    boolean keeps(Command.Parking command) {
        return switch (command) {
            case Command.PutBackKey _ -> true;
            case Command.PutBack(ParkedId id, var _, var _) -> keeps(id);
            case Command.Drop drop -> keeps(drop.id());
        };
    }

    private boolean keeps(ParkedId id) {
        return lane.id.equals(new LaneId.Slice(id.keeper(lanes)));
    }

    /** What is parked or changed by the draft is looked at as it is stored: so it is committed first. */
    boolean run(Command.Parking command) {
        boolean isStored =
                lane.draft.parked().isEmpty() && lane.draft.parking().changes().isEmpty();
        if (!isStored && !room.commit()) {
            return false;
        }
        return switch (command) {
            case Command.PutBackKey(String key) -> putBack(new Wish(key, true, null, null));
            case Command.PutBack(ParkedId id, var key, var line) -> putBack(id, key, line);
            case Command.Drop drop -> drop(drop);
        };
    }

    private boolean putBack(ParkedId id, @Nullable String key, @Nullable Json line) {
        Optional<ParkedEvent> found = store.get(id);
        if (found.isEmpty()) {
            return goOn(key);
        }
        ParkedEvent event = found.get();
        return event.blocks() && event.key() != null
                ? putBack(new Wish(event.key(), false, id, line))
                : again.take(event, line == null ? event.payload() : line, false) != Again.Outcome.STOPPED;
    }

    private boolean goOn(@Nullable String key) {
        return key == null
                || first(key).filter(event -> event.place() == Place.BEHIND).isEmpty()
                || putBack(new Wish(key, false, null, null));
    }

    /** Takes the parked events of a key in their order, until one stays. */
    private boolean putBack(Wish wish) {
        List<ParkedEvent> page = store.first(lane.id, EVENTS_AT_ONCE);
        for (; !page.isEmpty(); page = store.after(page.getLast().id(), EVENTS_AT_ONCE)) {
            for (ParkedEvent event : page) {
                if (!wish.means(event) || lane.draft.parking().isChanged(store.key(event.id()))) {
                    continue;
                }
                if (!room.hasTime()) {
                    return false;
                }
                switch (again.take(event, wish.payload(event), true)) {
                    case GONE -> {}
                    case STAYS -> {
                        return keepPayload(wish, event.id());
                    }
                    case STOPPED -> {
                        return false;
                    }
                }
            }
        }
        return true;
    }

    private boolean keepPayload(Wish wish, ParkedId stayed) {
        if (wish.id == null || wish.line == null || wish.id.equals(stayed)) {
            return true;
        }
        Optional<ParkedEvent> event = store.get(wish.id);
        boolean isLeft = event.isPresent() && !lane.draft.parking().isChanged(store.key(wish.id));
        return !isLeft || again.keep(event.get(), wish.line);
    }

    private Optional<ParkedEvent> first(String key) {
        List<ParkedEvent> page = store.first(lane.id, EVENTS_AT_ONCE);
        for (; !page.isEmpty(); page = store.after(page.getLast().id(), EVENTS_AT_ONCE)) {
            Optional<ParkedEvent> first = page.stream()
                    .filter(event -> event.blocks() && key.equals(event.key()))
                    .findFirst();
            if (first.isPresent()) {
                return first;
            }
        }
        return Optional.empty();
    }

    private boolean drop(Command.Drop drop) {
        Optional<ParkedEvent> found = store.get(drop.id());
        if (found.isEmpty()) {
            return goOn(drop.key());
        }
        ParkedEvent event = found.get();
        String key = event.blocks() ? event.key() : null;
        boolean isFirst = key != null && first(key).filter(event::equals).isPresent();
        Json note = ParkedNote.dropped(bot, event, drop.by(), drop.why(), cursor);
        if (!room.ensure(event.bytes() + note.length())) {
            return false;
        }
        lane.draft.parking().change(store.removal(event), event);
        lane.draft.parking().tellDropped(note, event.arrivalMillis());
        lane.counts.add(Count.DROPPED, 1);
        again.unblock(event);
        return key == null || !isFirst || putBack(new Wish(key, false, null, null));
    }
}
