package dev.weir.flow;

import dev.weir.model.Json;
import dev.weir.model.LaneId;
import dev.weir.port.Key;
import dev.weir.port.Write;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the next commit of a lane says about parked events, and does to those that are stored. Not thread-safe. */
final class ParkedDraft {
    private final List<Result> parked = new ArrayList<>();
    private final List<Result> dropped = new ArrayList<>();
    private final Map<Key, Write> changes = new LinkedHashMap<>();
    private final Map<LaneId, Long> latest = new HashMap<>();
    private long bytes;

    /** An event of the queue {@code <bot>.parked}. */
    void tellParked(Json note, long sourceMillis) {
        Result told = new Result(note, sourceMillis);
        parked.add(told);
        bytes += told.bytes();
    }

    /** An event of the queue {@code <bot>.dropped}. */
    void tellDropped(Json note, long sourceMillis) {
        Result told = new Result(note, sourceMillis);
        dropped.add(told);
        bytes += told.bytes();
    }

    /** Removes or changes the item of a parked event. */
    void change(Write write, ParkedEvent event) {
        changes.put(write.key(), write);
        latest.merge(event.id().lane(), event.id().fence(), Math::max);
        bytes += event.bytes();
    }

    /** The last commit of a lane whose parked events are changed; 0 for none. */
    long latestOf(LaneId lane) {
        return latest.getOrDefault(lane, 0L);
    }

    boolean isChanged(Key key) {
        return changes.containsKey(key);
    }

    List<Result> parked() {
        return parked;
    }

    List<Result> dropped() {
        return dropped;
    }

    Collection<Write> changes() {
        return changes.values();
    }

    long bytes() {
        return bytes;
    }

    void clear() {
        parked.clear();
        dropped.clear();
        changes.clear();
        latest.clear();
        bytes = 0;
    }
}
