package dev.weir.pipeline;

import dev.weir.graph.Decoded;
import dev.weir.graph.Effect;
import dev.weir.graph.State;
import dev.weir.graph.Steps;
import dev.weir.model.Json;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Runs a plan, one event at a time. Thread-safe. */
final class Machine implements Steps<Work, KeyState, List<Effect>> {
    /** Time of a timer that is due at the end of the batch. */
    static final long AT_ONCE = Long.MIN_VALUE;

    /** Enough for a commit not to weigh much, and few enough for a program to be busy most of the time. */
    private static final int EVENTS_AT_ONCE = 2_000;

    private static final int NONE = -1;

    final Plan plan;
    final Programs programs;
    final Lookups lookups;

    /** What was looked up beforehand. */
    final Answers answers;

    private final Prefix prefix;
    private final boolean timed;
    private final int feedCount;

    /** Of each step with state its place in {@link StepStates}, by index of the step; of others nothing that means anything. */
    final int[] slots;

    /** Writes state, by its place. */
    final List<Codec<Object>> codecs;

    /** Which of those are {@link BoundedCodec}s. */
    final boolean[] isBounded;

    /** Of each source the step that gives its events their key as soon as they are read, by index of the source; else {@link #NONE}. */
    private final int[] keyBys;

    final Map<String, Integer> statefulByName;

    Machine(Plan plan, Programs programs) {
        this.plan = plan;
        this.programs = programs;
        this.lookups = new Lookups(plan);
        this.answers = Answers.NONE;
        this.prefix = new Prefix(plan);
        this.slots = new int[plan.nodes.size()];
        this.statefulByName = new HashMap<>();
        this.timed = plan.isTimed();
        this.feedCount = plan.feeds().size();
        this.codecs = new ArrayList<>();
        this.isBounded = new boolean[plan.stateful.size()];
        for (int slot = 0; slot < plan.stateful.size(); slot++) {
            int step = plan.stateful.get(slot);
            slots[step] = slot;
            statefulByName.put(plan.names.get(step), step);
            codecs.add(((Node.Stateful) plan.nodes.get(step)).operator.codec());
            isBounded[slot] = codecs.get(slot) instanceof BoundedCodec<Object>;
        }
        this.keyBys = new int[plan.nodes.size()];
        Arrays.fill(keyBys, NONE);
        plan.direct.forEach((source, keyBy) -> keyBys[source] = keyBy);
    }

    /** The same with answers of lookups. */
    private Machine(Machine machine, Answers answers) {
        this.plan = machine.plan;
        this.programs = machine.programs;
        this.lookups = machine.lookups;
        this.answers = answers;
        this.prefix = machine.prefix;
        this.slots = machine.slots;
        this.codecs = machine.codecs;
        this.isBounded = machine.isBounded;
        this.keyBys = machine.keyBys;
        this.statefulByName = machine.statefulByName;
        this.timed = machine.timed;
        this.feedCount = machine.feedCount;
    }

    @Override
    public boolean prepares() {
        return prefix.looksUp();
    }

    @Override
    public Machine prepare(List<Work> events) {
        Answers found = prefix.answers(events, lookups);
        return found == Answers.NONE ? this : new Machine(this, found);
    }

    // ------------------------------------------------------------------ what comes in

    /** An event of a source, as far as it can be taken without a lane: to its key, if it has one at once. */
    Work read(int source, Object value) {
        String feed = plan.names.get(source);
        int keyBy = keyBys[source];
        if (keyBy == NONE) {
            return new Work(source, "", value, Work.ARRIVAL, feed);
        }
        long millis = Work.ARRIVAL;
        Object current = value;
        int step = plan.next.get(source).getFirst().to();
        while (step != keyBy) {
            switch (plan.nodes.get(step)) {
                case Node.EventTime time -> millis = time.millis.applyAsLong(current);
                case Node.One one -> {
                    current = one.function.apply(null, current);
                    if (current == Node.ToOne.NOTHING) {
                        return new Work(Work.NOWHERE, "", value, millis, feed);
                    }
                }
                case Node other -> throw new IllegalStateException("not on the way to a key: step=" + other.verb());
            }
            step = plan.next.get(step).getFirst().to();
        }
        String key = ((Node.KeyBy) plan.nodes.get(keyBy)).key.apply(current);
        if (key.isEmpty()) {
            throw new IllegalArgumentException("the key is empty: step=" + plan.names.get(keyBy));
        }
        return new Work(keyBy, key, current, millis, feed);
    }

    @Override
    public Decoded<Work> arrived(Json line) {
        return Hop.read(line, plan);
    }

    @Override
    public boolean isKeyed(Work work) {
        return !work.key.isEmpty();
    }

    @Override
    public Map<String, String> stateTypes() {
        Map<String, String> types = new TreeMap<>();
        statefulByName.forEach((name, step) -> {
            Operator operator = ((Node.Stateful) plan.nodes.get(step)).operator;
            types.put(name, operator.verb() + " of " + operator.codec().type());
        });
        return types;
    }

    @Override
    public int eventsAtOnce() {
        return plan.programLogs().isEmpty() ? Integer.MAX_VALUE : EVENTS_AT_ONCE;
    }

    @Override
    public boolean isTimed() {
        return timed;
    }

    // ------------------------------------------------------------------ what is done with it

    @Override
    public List<Effect> withoutKey(Work work, long arrivalMillis) {
        if (work.step == Work.NOWHERE) {
            return List.of();
        }
        Run run = new Run(this, null, null, work.feed, arrivalMillis, Long.MIN_VALUE);
        run.after(work.step, work.value, millis(work, arrivalMillis));
        return run.effects();
    }

    @Override
    public List<Effect> withKey(Work work, long arrivalMillis, State<KeyState> state) {
        long millis = millis(work, arrivalMillis);
        long watermark = Long.MIN_VALUE;
        if (timed) {
            // what is late is told by the watermark before the event: it never makes itself late
            ClockFace face = face(state);
            watermark = face.watermark(feedCount);
            put(state, face, face.advanced(work.feed, millis));
        }
        Run run = new Run(this, work.key, state, work.feed, arrivalMillis, watermark);
        run.after(work.step, work.value, millis);
        return run.effects();
    }

    private static long millis(Work work, long arrivalMillis) {
        return work.millis == Work.ARRIVAL ? arrivalMillis : work.millis;
    }

    // ------------------------------------------------------------------ what is due

    @Override
    public Optional<List<Effect>> due(long nowMillis, boolean isIdle, State<KeyState> state) {
        ClockFace before = face(state);
        ClockFace looked = before.looked(nowMillis);
        put(state, before, looked);
        long watermark = isIdle ? looked.watermark(feedCount, nowMillis) : looked.watermark(feedCount);
        if (looked.next() > watermark && looked.wake() > nowMillis) {
            return Optional.empty();
        }
        Due due = new Due(this, state, watermark, nowMillis);
        List<Effect> effects = due.run();
        ClockFace after = face(state);
        ClockFace next = after.withNext(first(state, false)).withWake(first(state, true));
        if (due.isEmpty()) {
            put(state, after, next);
            return Optional.empty(); // what was due was taken back, or belongs to steps that are not there
        }
        put(state, after, next.withFloor(watermark));
        return Optional.of(effects);
    }

    private static long first(State<KeyState> state, boolean isWake) {
        long first = Long.MAX_VALUE;
        for (int row = 0; row < Timers.ROWS; row++) {
            Timers timers = Run.timers(state, Timers.row(row));
            List<Timer> sorted = isWake ? timers.wakes : timers.sorted;
            first = sorted.isEmpty() ? first : Math.min(first, sorted.getFirst().millis());
        }
        return first;
    }

    static ClockFace face(State<KeyState> state) {
        return state.get(Clock.KEY) instanceof Clock clock ? clock.face : ClockFace.NONE;
    }

    static void put(State<KeyState> state, ClockFace before, ClockFace after) {
        if (!after.equals(before)) {
            state.put(Clock.KEY, new Clock(after));
        }
    }
}
