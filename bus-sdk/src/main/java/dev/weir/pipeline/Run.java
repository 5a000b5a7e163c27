package dev.weir.pipeline;

import dev.weir.graph.Effect;
import dev.weir.graph.Output;
import dev.weir.graph.State;
import dev.weir.model.Json;
import dev.weir.pipeline.Answers.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One event's way through the steps of a plan, as far as its key reaches. Used once, by one thread. */
final class Run {
    private static final int EFFECTS_EXPECTED = 2;

    private final Machine machine;
    private final Plan plan;
    private final @Nullable String key;
    private final @Nullable State<KeyState> state;
    private final String feed;
    private final long arrivalMillis;
    private final long watermark;
    private final List<Effect> effects = new ArrayList<>(EFFECTS_EXPECTED);

    /** Of the key, once a step has looked. */
    private @Nullable StepStates states;

    /**
     * @param key and state, null for an event without a key
     * @param arrivalMillis of what came in; of what is due, now
     */
    Run(
            Machine machine,
            @Nullable String key,
            @Nullable State<KeyState> state,
            String feed,
            long arrivalMillis,
            long watermark) {
        this.machine = machine;
        this.plan = machine.plan;
        this.key = key;
        this.state = state;
        this.feed = feed;
        this.arrivalMillis = arrivalMillis;
        this.watermark = watermark;
    }

    /** What it led to. */
    List<Effect> effects() {
        return effects;
    }

    /** Gives a value to all steps behind one. */
    void after(int step, Object value, long millis) {
        List<Plan.Edge> edges = plan.next.get(step);
        for (int i = 0; i < edges.size(); i++) {
            take(edges.get(i), value, millis);
        }
    }

    /**
     * A timer of a step is due.
     *
     * @param millis of the timer
     * @param at watermark for the step
     */
    void due(int step, long millis, long at) {
        ((Node.Stateful) plan.nodes.get(step)).operator.due(millis, new StepTurn(step, at, at));
    }

    private void take(Plan.Edge edge, Object value, long millis) {
        int step = edge.to();
        switch (plan.nodes.get(step)) {
            case Node.One one -> {
                Object result = one.function.apply(key, value);
                if (result != Node.ToOne.NOTHING) {
                    after(step, result, millis);
                }
            }
            case Node.Many many -> many.function.apply(value).forEach(result -> after(step, result, millis));
            case Node.Merge _ -> after(step, value, millis);
            case Node.EventTime time -> after(step, value, time.millis.applyAsLong(value));
            case Node.KeyBy keyBy -> keyBy(step, keyBy, value, millis);
            case Node.Enrich enrich -> after(step, enriched(step, enrich, value), millis);
            case Node.Stateful stateful ->
                stateful.operator.take(edge.side(), value, new StepTurn(step, millis, watermark));
            case Node.End end -> write(end.to, value);
            case Node.Source source -> throw new IllegalStateException("nothing goes into a source: " + source.verb());
        }
    }

    private Object enriched(int step, Node.Enrich enrich, Object value) {
        Object lookupKey = enrich.keyOf(value);
        Optional<Object> found =
                switch (machine.answers.get(step, lookupKey)) {
                    case Answer.Found(Optional<Object> answer) -> answer;
                    case Answer.Failed(RuntimeException reason) -> throw reason;
                    case Answer.Unknown _ -> machine.lookups.find(step, lookupKey);
                    case null -> machine.lookups.find(step, lookupKey);
                };
        return enrich.function.apply(value, found);
    }

    private void keyBy(int step, Node.KeyBy keyBy, Object value, long millis) {
        String to = keyBy.key.apply(value);
        if (to.equals(key)) {
            after(step, value, millis);
            return;
        }
        Json text = Objects.requireNonNull(keyBy.codec).encode(value);
        effects.add(new Effect.Hop(to, Hop.write(plan.names.get(step), to, feed, millis, text)));
    }

    private void write(To<Object> to, Object value) {
        switch (to) {
            case To.OwnQueue<Object>(String queue, Codec<Object> codec) ->
                effects.add(new Effect.Own(queue, codec.encode(value)));
            case To.SharedQueue<Object>(String queue, Codec<Object> codec) ->
                effects.add(new Effect.Write(new Output.Payload(queue, codec.encode(value))));
            case To.Stream<Object>(String stream, var keyOf, Codec<Object> codec) ->
                effects.add(new Effect.Send(stream, keyOf.apply(value), codec.encode(value)));
            case To.Outside<Object> outside ->
                effects.add(new Effect.Own(
                        outside.queueOf(plan.bot),
                        Outbound.write(key, outside.codec().encode(value))));
            case To.Nothing<Object> _ -> {}
        }
    }

    static Timers timers(State<KeyState> state, String row) {
        return state.get(row) instanceof Timers timers ? timers : Timers.NONE;
    }

    /** What one step with state is given. */
    private final class StepTurn implements Turn {
        private final int step;
        private final int slot;
        private final long millis;
        private final long watermarkMillis;
        private final String ownKey;
        private final State<KeyState> ownState;

        StepTurn(int step, long millis, long watermarkMillis) {
            this.step = step;
            this.watermarkMillis = watermarkMillis;
            this.slot = machine.slots[step];
            this.millis = millis;
            this.ownKey = Objects.requireNonNull(key, "a step with state has a key");
            this.ownState = Objects.requireNonNull(state, "a step with state has a key");
        }

        @Override
        public String key() {
            return ownKey;
        }

        @Override
        public long millis() {
            return millis;
        }

        @Override
        public long watermark() {
            return watermarkMillis;
        }

        @Override
        public @Nullable Object get() {
            return states().values[slot];
        }

        @Override
        public void set(Object value) {
            put(
                    Objects.requireNonNull(value),
                    machine.isBounded[slot] ? null : machine.codecs.get(slot).encode(value));
        }

        @Override
        public void clear() {
            if (get() != null) {
                put(null, null);
            }
        }

        private void put(@Nullable Object value, @Nullable Json text) {
            StepStates changed = states().with(slot, value, text);
            states = changed;
            ownState.put(ownKey, changed);
        }

        private StepStates states() {
            StepStates known = states;
            if (known == null) {
                known = ownState.get(ownKey) instanceof StepStates found
                        ? found
                        : StepStates.none(plan.stateful.size());
                states = known;
            }
            return known;
        }

        @Override
        public void add(Object result) {
            add(result instanceof Windowed<?>(long _, long toMillis, Object _) ? toMillis - 1 : millis, result);
        }

        @Override
        public void add(long at, Object result) {
            after(step, result, at);
        }

        @Override
        public long arrival() {
            return arrivalMillis;
        }

        @Override
        public void timer(long due) {
            String row = Timers.rowOf(ownKey);
            ownState.put(row, timers(ownState, row).with(new Timer(due, plan.names.get(step), ownKey)));
            ClockFace face = Machine.face(ownState);
            Machine.put(ownState, face, face.withNext(Math.min(face.next(), due)));
        }

        @Override
        public void wakeAt(long due) {
            String row = Timers.rowOf(ownKey);
            ownState.put(row, timers(ownState, row).withWake(new Timer(due, plan.names.get(step), ownKey)));
            ClockFace face = Machine.face(ownState);
            Machine.put(ownState, face, face.withWake(Math.min(face.wake(), due)));
        }

        @Override
        public void letSleep(long due) {
            String row = Timers.rowOf(ownKey);
            ownState.put(row, timers(ownState, row).withoutWake(new Timer(due, plan.names.get(step), ownKey)));
        }

        @Override
        public Programs programs() {
            return machine.programs;
        }

        @Override
        public Programs.Id program() {
            return new Programs.Id(plan.bot, plan.names.get(step), ownKey);
        }

        @Override
        public void write(String queue, Json value) {
            effects.add(new Effect.Own(queue, value));
        }

        @Override
        public void late(String reason, Json value) {
            effects.add(new Effect.Own(
                    plan.bot + ".late",
                    Json.of("{\"step\":" + Json.quoted(plan.names.get(step)) + ",\"key\":" + Json.quoted(ownKey)
                            + ",\"millis\":" + millis + ",\"reason\":" + Json.quoted(reason) + ",\"value\":" + value
                            + "}")));
        }
    }
}
