package dev.weir.parking;

import dev.weir.flow.ParkedEvent;
import dev.weir.flow.ParkedId;
import dev.weir.flow.ParkedStore;
import dev.weir.model.LaneId;
import java.util.List;
import java.util.Optional;

/** The parked events of one lane, read as they are asked for. Not thread-safe. */
final class Pages {
    /** Events may be as large as an item: ten megabytes at once are enough. */
    private static final int EVENTS_AT_ONCE = 25;

    private final ParkedStore store;
    private final LaneId lane;
    private Optional<ParkedId> after;
    private boolean ended;

    /** @param after begins behind this event of the lane; empty to begin at the first */
    Pages(ParkedStore store, LaneId lane, Optional<ParkedId> after) {
        this.store = store;
        this.lane = lane;
        this.after = after;
    }

    /** Whether there may be more. */
    boolean hasNext() {
        return !ended;
    }

    List<ParkedEvent> next() {
        List<ParkedEvent> page =
                after.map(id -> store.after(id, EVENTS_AT_ONCE)).orElseGet(() -> store.first(lane, EVENTS_AT_ONCE));
        ended = page.size() < EVENTS_AT_ONCE;
        if (!page.isEmpty()) {
            after = Optional.of(page.getLast().id());
        }
        return page;
    }
}
