package dev.weir.pipeline;

import dev.weir.graph.Effect;
import dev.weir.graph.Output;
import dev.weir.graph.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Some of what a lane has to do because time has passed. Used once, by one thread. */
final class Due {
    /** Most timers that come due in one go, so that what they do fits a commit. */
    private static final int TIMERS_MAX = 32;

    /** Bytes of what they write at which no further one comes due in the same go. */
    private static final int BYTES = 250_000;

    private final Machine machine;
    private final State<KeyState> state;
    private final long watermark;
    private final long nowMillis;
    private final List<Effect> effects = new ArrayList<>();
    private int count;
    private int bytes;

    Due(Machine machine, State<KeyState> state, long watermark, long nowMillis) {
        this.machine = machine;
        this.state = state;
        this.watermark = watermark;
        this.nowMillis = nowMillis;
    }

    /** Whether nothing was due. */
    boolean isEmpty() {
        return count == 0;
    }

    /** Takes the first timers of each row. */
    List<Effect> run() {
        Set<String> steps = machine.statefulByName.keySet();
        for (int i = 0; i < Timers.ROWS && hasRoom(); i++) {
            String row = Timers.row(i);
            Timers timers = Run.timers(state, row);
            List<Timer> due = timers.until(watermark, TIMERS_MAX - count, steps);
            List<Timer> awake = timers.awakeAt(nowMillis, TIMERS_MAX - count - due.size(), steps);
            if (!due.isEmpty() || !awake.isEmpty()) {
                state.put(row, timers.without(due, awake));
            }
            due.forEach(timer -> byEventTime(timer, row));
            awake.forEach(wake -> byTheWall(wake, row));
        }
        return effects;
    }

    private boolean hasRoom() {
        return count < TIMERS_MAX && bytes < BYTES;
    }

    private void byEventTime(Timer timer, String row) {
        if (!hasRoom()) {
            state.put(row, Run.timers(state, row).with(timer));
            return;
        }
        if (timer.millis() == Machine.AT_ONCE) {
            take(timer, watermark, watermark, watermark);
        } else {
            take(timer, timer.millis(), timer.millis(), timer.millis() - 1);
        }
    }

    private void byTheWall(Timer wake, String row) {
        if (!hasRoom()) {
            state.put(row, Run.timers(state, row).withWake(wake));
            return;
        }
        take(wake, wake.millis(), watermark, watermark);
    }

    /**
     * @param at watermark for the step itself
     * @param behind watermark for the steps behind: what comes out is in time for them
     */
    private void take(Timer timer, long millis, long at, long behind) {
        count++;
        int step = machine.statefulByName.getOrDefault(timer.step(), -1);
        Run run = new Run(machine, timer.key(), state, ClockFace.RESULTS, nowMillis, behind);
        run.due(step, millis, at);
        effects.addAll(run.effects());
        run.effects().forEach(effect -> bytes += bytes(effect));
    }

    private static int bytes(Effect effect) {
        return switch (effect) {
            case Effect.Own own -> own.payload().length();
            case Effect.Hop hop -> hop.line().length();
            case Effect.Send send -> send.payload().length();
            case Effect.Write write ->
                write.output() instanceof Output.Payload payload
                        ? payload.payload().length()
                        : 0;
        };
    }
}
