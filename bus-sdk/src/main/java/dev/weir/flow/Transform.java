package dev.weir.flow;

import dev.weir.graph.Effect;
import dev.weir.graph.Graph;
import dev.weir.graph.Output;
import dev.weir.graph.RetryLaterException;
import dev.weir.graph.Sink;
import dev.weir.graph.Steps;
import dev.weir.model.Eid;
import dev.weir.model.Json;
import dev.weir.model.LaneId;
import dev.weir.port.StoreUnavailableException;
import java.util.Optional;

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

        /** The code wants to be asked again later, and left nothing behind. */
        record Later() implements Outcome {}
    }

    private static final Outcome APPLIED = new Outcome.Applied();

    private final Graph<T, V, R> graph;
    private final Bus bus;
    private final Lane<T, V> lane;
    private Optional<Steps<T, V, R>> steps;

    /** The queue of the bot's own that came last, which mostly comes next, and what it is called here. */
    private String lastQueue = "";

    private String lastName = "";

    Transform(Graph<T, V, R> graph, Bus bus, Lane<T, V> lane) {
        this.graph = graph;
        this.bus = bus;
        this.lane = lane;
        this.steps = graph.steps();
    }

    /** Takes events with these steps from now on, if the graph has several. */
    void use(Optional<Steps<T, V, R>> prepared) {
        steps = prepared;
    }

    Outcome apply(T event, Cause cause) {
        Slots.Point before = lane.slots.point();
        lane.draft.begin();
        try {
            Outcome outcome = emit(result(event, cause), cause);
            if (outcome != APPLIED) {
                lane.slots.undoTo(before);
                lane.draft.undoResult();
            }
            return outcome;
        } catch (StoreUnavailableException e) {
            lane.slots.undoTo(before);
            throw e;
        } catch (RetryLaterException _) {
            lane.slots.undoTo(before);
            lane.draft.undoResult();
            return new Outcome.Later();
        } catch (RuntimeException | StackOverflowError e) {
            lane.slots.undoTo(before);
            lane.draft.undoResult();
            return new Outcome.Threw("the bot's code failed: " + e);
        }
    }

    private R result(T event, Cause cause) {
        if (steps.isPresent()) {
            return steps.get().isKeyed(event)
                    ? steps.get().withKey(event, cause.sourceMillis(), lane.slots)
                    : steps.get().withoutKey(event, cause.sourceMillis());
        }
        return graph.each().isPresent()
                ? graph.each().get().apply(event, cause.sourceMillis())
                : graph.step().apply(event, lane.slots);
    }

    /**
     * Does some of what is due because time has passed; empty if there is nothing. What it did is in the draft, and can be taken back.
     */
    Optional<Outcome> due(Steps<T, V, R> steps, boolean isIdle, Cause cause) {
        Slots.Point before = lane.slots.point();
        lane.draft.begin();
        try {
            return steps.due(cause.sourceMillis(), isIdle, lane.slots).map(result -> emit(result, cause));
        } catch (StoreUnavailableException e) {
            lane.slots.undoTo(before);
            throw e;
        } catch (RetryLaterException _) {
            lane.slots.undoTo(before);
            lane.draft.undoResult();
            return Optional.of(new Outcome.Later());
        } catch (RuntimeException | StackOverflowError e) {
            lane.slots.undoTo(before);
            lane.draft.undoResult();
            return Optional.of(new Outcome.Threw("the bot's code failed: " + e));
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
            case Sink.Effects<R>(var effects, var _, var _, var _) -> {
                for (Effect effect : effects.apply(result)) {
                    Outcome outcome = emit(effect, cause);
                    if (outcome != APPLIED) {
                        return outcome;
                    }
                }
                return APPLIED;
            }
        }
    }

    private Outcome emit(Effect effect, Cause cause) {
        return switch (effect) {
            case Effect.Write(Output output) -> {
                lane.draft.outputs().add(output, cause);
                yield fits(output);
            }
            case Effect.Own(String queue, Json payload) -> {
                lane.draft.outputs().add(own(queue), payload, cause);
                yield fits(payload, Limits.EVENT_BYTES_MAX);
            }
            case Effect.Hop(String key, Json line) -> send("", key, Command.hop(graph.name(), line));
            case Effect.Send(String stream, String key, Json payload) ->
                send(stream, key, envelope(stream, payload, cause));
        };
    }

    private Outcome send(String stream, String key, Json line) {
        if (key.isEmpty() || !Limits.fitsKey(key)) {
            return new Outcome.Threw(
                    "a key must have 1 to " + Limits.KEY_BYTES_MAX + " bytes: characters=" + key.length());
        }
        lane.draft.forward(new Route(stream, bus.lanes().of(key)), line);
        return fits(line, Limits.EVENT_BYTES_MAX);
    }

    /** An event as others put it into a stream; readers never take its payload for an envelope. */
    private Json envelope(String stream, Json payload, Cause cause) {
        String correlation = cause.correlation() == null ? "" : ",\"correlation_id\":" + cause.correlation();
        return Json.of("{\"id\":" + Json.quoted(graph.name()) + ",\"event\":" + Json.quoted(stream)
                + ",\"event_source_timestamp\":" + cause.sourceMillis() + correlation + ",\"payload\":" + payload
                + "}");
    }

    private String own(String queue) {
        if (!queue.equals(lastQueue)) {
            lastQueue = queue;
            lastName = subQueue(queue);
        }
        return lastName;
    }

    /** The sub-queue of this lane; a pass-through lane writes that of the lane which keeps what its shard leaves. */
    private String subQueue(String queue) {
        return switch (lane.id) {
            case LaneId.Slice slice -> bus.queue(queue, slice);
            case LaneId.PassThrough(String shardId) ->
                bus.queue(queue, new LaneId.Slice(bus.lanes().of(shardId)));
        };
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
