package dev.weir.flow;

import dev.weir.graph.Graph;
import dev.weir.model.Json;
import dev.weir.port.StoreUnavailableException;

/**
 * Step 40-transform: runs the bot's code on one event. What it did to state and results is in the lane's draft afterwards, and can be
 * taken back until it is accepted. Not thread-safe.
 */
final class Transform<T, V, R> {

    /** What became of an event in the bot's hands. */
    sealed interface Outcome {
        /** The code returned; the result is in the draft. */
        record Applied() implements Outcome {}

        /** The code failed, and left nothing behind. */
        record Threw(String reason) implements Outcome {}
    }

    private static final Outcome APPLIED = new Outcome.Applied();

    private final Graph<T, V, R> graph;
    private final Lane<T, V> lane;

    Transform(Graph<T, V, R> graph, Lane<T, V> lane) {
        this.graph = graph;
        this.lane = lane;
    }

    Outcome apply(T event, long sourceMillis) {
        Slots.Point before = lane.slots.point();
        try {
            Json payload = graph.sink().encoder().apply(graph.step().apply(event, lane.slots));
            if (payload.length() > Limits.EVENT_BYTES_MAX) {
                lane.slots.undoTo(before);
                return new Outcome.Threw(
                        "result is too large: bytes=" + payload.length() + " max=" + Limits.EVENT_BYTES_MAX);
            }
            lane.draft.result(payload, sourceMillis);
            return APPLIED;
        } catch (StoreUnavailableException e) {
            lane.slots.undoTo(before);
            throw e;
        } catch (RuntimeException | StackOverflowError e) {
            lane.slots.undoTo(before);
            return new Outcome.Threw("the bot's code failed: " + e);
        }
    }

    /** Takes back an applied event. */
    void undo() {
        lane.slots.undo();
        lane.draft.undoResult();
    }

    /** Leaves what the event did to the state, for the events after it to see, and takes back its result. */
    void undoResult() {
        lane.draft.undoResult();
    }
}
