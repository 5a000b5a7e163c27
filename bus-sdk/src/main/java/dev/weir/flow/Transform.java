package dev.weir.flow;

import dev.weir.graph.Graph;
import dev.weir.graph.Output;
import dev.weir.graph.Sink;
import dev.weir.model.Eid;
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

    Outcome apply(T event, Cause cause) {
        Slots.Point before = lane.slots.point();
        lane.draft.begin();
        try {
            R result = graph.each().isPresent()
                    ? graph.each().get().apply(event, cause.sourceMillis())
                    : graph.step().apply(event, lane.slots);
            Outcome outcome = emit(result, cause);
            if (outcome != APPLIED) {
                lane.slots.undoTo(before);
                lane.draft.undoResult();
            }
            return outcome;
        } catch (StoreUnavailableException e) {
            lane.slots.undoTo(before);
            throw e;
        } catch (RuntimeException | StackOverflowError e) {
            lane.slots.undoTo(before);
            lane.draft.undoResult();
            return new Outcome.Threw("the bot's code failed: " + e);
        }
    }

    private Outcome emit(R result, Cause cause) {
        switch (graph.sink()) {
            case Sink.OwnQueue<R>(var _, var encoder) -> {
                Json payload = encoder.apply(result);
                lane.draft.result(payload, cause);
                return fits(payload, Limits.EVENT_BYTES_MAX);
            }
            case Sink.SharedQueues<R>(var outputs, var _) -> {
                for (Output output : outputs.apply(result)) {
                    lane.draft.outputs().add(output, cause);
                    Outcome outcome = fits(output);
                    if (outcome != APPLIED) {
                        return outcome;
                    }
                }
                return APPLIED;
            }
        }
    }

    private static Outcome fits(Output output) {
        return switch (output) {
            case Output.Payload payload -> fits(payload.payload(), Limits.EVENT_BYTES_MAX);
            case Output.Line line -> fits(line.line(), Limits.LINE_BYTES_MAX);
            case Output.Stored stored ->
                stored.records() <= Eid.INDEX_MAX + 1
                        ? APPLIED
                        : new Outcome.Threw("a stored result has more events than a millisecond has ids: records="
                                + stored.records());
            case Output.Note _ -> APPLIED;
        };
    }

    private static Outcome fits(Json text, int bytesMax) {
        return text.length() <= bytesMax
                ? APPLIED
                : new Outcome.Threw("result is too large: bytes=" + text.length() + " max=" + bytesMax);
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
