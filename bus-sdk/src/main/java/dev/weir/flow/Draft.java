package dev.weir.flow;

import dev.weir.model.Json;
import dev.weir.model.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What the next commit of a lane will write besides its state: results, gaps, parked events, foreign events to send on. Not thread-safe. */
final class Draft {

    /**
     * An event taken out of the way.
     *
     * @param key whose later events wait behind it; null if it has none
     * @param payload its text, or null when it is too large and stays where origin and index point
     * @param place what it is to the events of its key
     * @param isCommand whether the payload is a command of a lane of the bot
     */
    record Parked(
            Parcel.Origin origin,
            int index,
            @Nullable String producer,
            long number,
            @Nullable String key,
            Step step,
            String reason,
            @Nullable Json payload,
            ParkedEvent.Place place,
            boolean isCommand) {

        /** As it is told of before it is stored. */
        ParkedEvent as(ParkedId id) {
            return new ParkedEvent(
                    id,
                    key,
                    place,
                    step.label(),
                    reason,
                    payload,
                    isCommand,
                    origin.shardId(),
                    origin.sequenceNumber(),
                    origin.arrivalMillis(),
                    index,
                    producer,
                    number,
                    0,
                    0);
        }
    }

    private final List<Result> results = new ArrayList<>();
    private final List<Result> gaps = new ArrayList<>();
    private final List<Parked> parked = new ArrayList<>();
    private final TreeMap<Route, List<Json>> forwards = new TreeMap<>();
    private final Outputs outputs = new Outputs();
    private final ParkedDraft parking = new ParkedDraft();
    private final List<Route> forwardedTo = new ArrayList<>(); // the ways of what was sent on since an event began
    private int resultsBegun;
    private long bytes;

    void result(Json payload, Cause cause) {
        Result result = Result.of(payload, cause);
        results.add(result);
        bytes += result.bytes();
    }

    /** An event begins: {@link #undoResult} takes back what results come from now on. */
    void begin() {
        resultsBegun = results.size();
        forwardedTo.clear();
        outputs.begin();
    }

    void undoResult() {
        while (results.size() > resultsBegun) {
            bytes -= results.removeLast().bytes();
        }
        while (!forwardedTo.isEmpty()) {
            undoForward(forwardedTo.removeLast());
        }
        outputs.undo();
    }

    /** What goes to queues that others write too. */
    Outputs outputs() {
        return outputs;
    }

    /** What it does to parked events that are stored, and says of parked events. */
    ParkedDraft parking() {
        return parking;
    }

    void gap(Json payload, long sourceMillis) {
        Result gap = new Result(payload, sourceMillis);
        gaps.add(gap);
        bytes += gap.bytes();
    }

    void park(Parked event) {
        parked.add(event);
        bytes += event.payload == null ? 1_000 : event.payload.length() + 1_000L;
    }

    void forward(Route to, Json line) {
        forwards.computeIfAbsent(to, _ -> new ArrayList<>()).add(line);
        forwardedTo.add(to);
        bytes += line.length();
    }

    private void undoForward(Route to) {
        List<Json> lines = forwards.getOrDefault(to, List.of());
        bytes -= lines.removeLast().length();
        if (lines.isEmpty()) {
            forwards.remove(to);
        }
    }

    List<Result> results() {
        return results;
    }

    List<Result> gaps() {
        return gaps;
    }

    List<Parked> parked() {
        return parked;
    }

    TreeMap<Route, List<Json>> forwards() {
        return forwards;
    }

    long bytes() {
        return bytes + outputs.bytes() + parking.bytes();
    }

    void clear() {
        results.clear();
        gaps.clear();
        parked.clear();
        forwards.clear();
        forwardedTo.clear();
        outputs.clear();
        parking.clear();
        resultsBegun = 0;
        bytes = 0;
    }
}
