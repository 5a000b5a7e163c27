package dev.weir.pipeline;

import dev.weir.graph.Decoded;
import dev.weir.graph.Effect;
import dev.weir.graph.State;
import dev.weir.graph.Steps;
import dev.weir.model.Json;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Runs a plan, one event at a time. Thread-safe. */
final class Machine implements Steps<Work, KeyState, List<Effect>> {
    /** Most timers that come due in one go, so that what they do fits a commit. */
    private static final int DUE_MAX = 32;

    /** Time of a timer that is due at the end of the batch. */
    static final long AT_ONCE = Long.MIN_VALUE;

    private final Plan plan;
    private final Programs programs;
    private final boolean timed;
    private final int feedCount;

    /** Of each step with state its place in {@link StepStates}, by index of the step. */
    private final Map<Integer, Integer> slots = new HashMap<>();

    private final Map<String, Integer> statefulByName = new HashMap<>();

    Machine(Plan plan, Programs programs) {
        this.plan = plan;
        this.programs = programs;
        this.timed = plan.isTimed();
        this.feedCount = plan.feeds().size();
        for (int slot = 0; slot < plan.stateful.size(); slot++) {
            int step = plan.stateful.get(slot);
            slots.put(step, slot);
            statefulByName.put(plan.names.get(step), step);
        }
    }

    // ------------------------------------------------------------------ what comes in

    /** An event of a source, as far as it can be taken without a lane: to its key, if it has one at once. */
    Work read(int source, Object value) {
        String feed = plan.names.get(source);
        Integer keyBy = plan.direct.get(source);
        if (keyBy == null) {
            return new Work(source, "", value, Work.ARRIVAL, feed);
        }
        long millis = Work.ARRIVAL;
        Object current = value;
        int step = plan.next.get(source).getFirst().to();
        while (step != keyBy) {
            switch (plan.nodes.get(step)) {
                case Node.EventTime time -> millis = time.millis.applyAsLong(current);
                case Node.Stateless stateless -> {
                    List<Object> results = new ArrayList<>(1);
                    stateless.function.take(null, current, results::add);
                    if (results.isEmpty()) {
                        return new Work(Work.NOWHERE, "", value, millis, feed);
                    }
                    current = results.getFirst();
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
    public boolean isTimed() {
        return timed;
    }

    // ------------------------------------------------------------------ what is done with it

    @Override
    public List<Effect> withoutKey(Work work, long arrivalMillis) {
        if (work.step == Work.NOWHERE) {
            return List.of();
        }
        Run run = new Run(plan, programs, slots, null, null, work.feed, Long.MIN_VALUE);
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
        Run run = new Run(plan, programs, slots, work.key, state, work.feed, watermark);
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
        if (looked.next() > watermark) {
            return Optional.empty();
        }
        List<Effect> effects = new ArrayList<>();
        int left = DUE_MAX;
        for (int row = 0; row < Timers.ROWS && left > 0; row++) {
            left -= due(Timers.row(row), watermark, left, state, effects);
        }
        ClockFace after = face(state);
        put(state, after, after.withFloor(watermark).withNext(first(state)));
        return Optional.of(effects);
    }

    /** Takes the first timers of a row; answers how many. */
    private int due(String row, long watermark, int most, State<KeyState> state, List<Effect> effects) {
        Timers timers = Run.timers(state, row);
        int count = 0;
        while (count < most
                && count < timers.sorted.size()
                && timers.sorted.get(count).millis() <= watermark) {
            count++;
        }
        if (count == 0) {
            return 0;
        }
        state.put(row, timers.withoutFirst(count));
        for (Timer timer : timers.sorted.subList(0, count)) {
            Integer step = statefulByName.get(timer.step());
            if (step != null) { // else the step is no longer there, and nobody waits
                boolean atOnce = timer.millis() == AT_ONCE;
                Run run = new Run(
                        plan,
                        programs,
                        slots,
                        timer.key(),
                        state,
                        ClockFace.RESULTS,
                        atOnce ? watermark : timer.millis() - 1);
                run.due(step, atOnce ? watermark : timer.millis());
                effects.addAll(run.effects());
            }
        }
        return count;
    }

    private static long first(State<KeyState> state) {
        long first = Long.MAX_VALUE;
        for (int row = 0; row < Timers.ROWS; row++) {
            List<Timer> sorted = Run.timers(state, Timers.row(row)).sorted;
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
