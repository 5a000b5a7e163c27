package dev.weir.flow;

import dev.weir.model.Json;
import dev.weir.model.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What the next commit of a lane will write besides its state: results, gaps, parked events, foreign events to send on. Not thread-safe. */
final class Draft {

    /** A line of a queue, the time of the event that it came from, and which event that is if it is one of a queue. */
    record Output(Json payload, long sourceMillis, @Nullable Json correlation) {
        Output(Json payload, long sourceMillis) {
            this(payload, sourceMillis, null);
        }

        private long bytes() {
            return payload.length() + 200L + (correlation == null ? 0 : correlation.length());
        }
    }

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

    private final List<Output> results = new ArrayList<>();
    private final List<Output> gaps = new ArrayList<>();
    private final List<Parked> parked = new ArrayList<>();
    private final TreeMap<Route, List<Json>> forwards = new TreeMap<>();
    private final Outputs outputs = new Outputs();
    private final ParkedDraft parking = new ParkedDraft();
    private final List<Route> forwardedTo = new ArrayList<>(); // the ways of what was sent on since an event began
    private int resultsBegun;
    private long bytes;

    void result(Json payload, Cause cause) {
        results.add(new Output(payload, cause.sourceMillis(), cause.correlation()));
        bytes += results.getLast().bytes();
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
        gaps.add(new Output(payload, sourceMillis));
        bytes += payload.length() + 200L;
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

    List<Output> results() {
        return results;
    }

    List<Output> gaps() {
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
