package dev.weir.flow;

import dev.weir.model.Json;
import dev.weir.model.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What the next commit of a lane will write besides its state: results, gaps, parked events, foreign events to send on. Not thread-safe. */
final class Draft {

    /** A line of a queue and the time of the event that it came from. */
    record Output(Json payload, long sourceMillis) {}

    /**
     * An event taken out of the way.
     *
     * @param key whose later events wait behind it; null if it has none
     * @param payload its text, or null when it is too large and stays where origin and index point
     */
    record Parked(
            Parcel.Origin origin,
            int index,
            @Nullable String producer,
            long number,
            @Nullable String key,
            Step step,
            String reason,
            @Nullable Json payload) {}

    private final List<Output> results = new ArrayList<>();
    private final List<Output> gaps = new ArrayList<>();
    private final List<Parked> parked = new ArrayList<>();
    private final TreeMap<Integer, List<Json>> forwards = new TreeMap<>();
    private long bytes;

    void result(Json payload, long sourceMillis) {
        results.add(new Output(payload, sourceMillis));
        bytes += payload.length() + 200L;
    }

    void undoResult() {
        bytes -= results.removeLast().payload.length() + 200L;
    }

    void gap(Json payload, long sourceMillis) {
        gaps.add(new Output(payload, sourceMillis));
        bytes += payload.length() + 200L;
    }

    void park(Parked event) {
        parked.add(event);
        bytes += event.payload == null ? 1_000 : event.payload.length() + 1_000L;
    }

    void forward(int lane, Json command) {
        forwards.computeIfAbsent(lane, _ -> new ArrayList<>()).add(command);
        bytes += command.length();
    }

    List<Output> results() {
        return results;
    }

    List<Output> gaps() {
        return gaps;
    }

    List<Parked> parked() {
        return parked;
    }

    TreeMap<Integer, List<Json>> forwards() {
        return forwards;
    }

    long bytes() {
        return bytes;
    }

    void clear() {
        results.clear();
        gaps.clear();
        parked.clear();
        forwards.clear();
        bytes = 0;
    }
}
