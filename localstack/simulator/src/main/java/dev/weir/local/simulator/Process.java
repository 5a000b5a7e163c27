package dev.weir.local.simulator;

import dev.weir.port.Time;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The process around one copy of a function: its clock, and what happens to it at each call: it is killed, it stands still, its time is
 * up. Not thread-safe.
 */
final class Process implements Calls, Time {
    private static final long SKEW_MILLIS_MAX = 4_000;

    private final String name;
    private final Agenda agenda;
    private final Faults faults;
    private final Network network;
    private final long skewMillis;
    private long killAtMillis = Long.MAX_VALUE;
    private boolean isDead;
    private @Nullable Freeze freeze;

    /** Where an invocation stands still, and for how long. */
    private static final class Freeze {
        private final Coroutine coroutine;
        private final long millis;
        private int callsBefore;

        Freeze(Coroutine coroutine, int callsBefore, long millis) {
            this.coroutine = coroutine;
            this.callsBefore = callsBefore;
            this.millis = millis;
        }
    }

    Process(String name, Agenda agenda, Faults faults) {
        this.name = name;
        this.agenda = agenda;
        this.faults = faults;
        this.network = new Network(agenda, faults);
        this.skewMillis = faults.strike(Fault.CLOCK_SKEW)
                ? faults.amount(Fault.CLOCK_SKEW, 2 * SKEW_MILLIS_MAX) - SKEW_MILLIS_MAX
                : 0;
    }

    String name() {
        return name;
    }

    /** An invocation begins: it is killed at its first call after this moment of the world's clock. */
    void begin(long killedAtMillis) {
        killAtMillis = killedAtMillis;
        freeze = null;
    }

    /** The invocation will stand still before a call. It is not killed for taking its time: it is a zombie then. */
    void freeze(Coroutine coroutine, int callsBefore, long millis) {
        killAtMillis = Long.MAX_VALUE;
        freeze = new Freeze(coroutine, callsBefore, millis);
    }

    /** Killed from outside: dies at its next call. */
    void kill() {
        isDead = true;
    }

    @Override
    public void before(String what) {
        standStill();
        network.before(what);
        if (isDead || agenda.epochMillis() > killAtMillis || faults.strike(Fault.KILLED_BEFORE)) {
            throw die();
        }
    }

    @Override
    public void after() {
        if (faults.strike(Fault.KILLED_AFTER)) {
            throw die();
        }
    }

    private Death die() {
        isDead = true;
        return new Death(name);
    }

    private void standStill() {
        Freeze now = freeze;
        if (now == null || now.callsBefore-- > 0) {
            return;
        }
        freeze = null;
        agenda.after(now.millis, now.coroutine::resume);
        now.coroutine.stand();
    }

    @Override
    public long epochMillis() {
        return agenda.epochMillis() + skewMillis;
    }

    @Override
    public void pause(Duration duration) {
        agenda.pause(duration);
    }
}
