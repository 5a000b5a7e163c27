package dev.weir.local.simulator;

import java.time.Duration;

/** The way between a process that does not fail and the services: it takes time. */
final class Network implements Calls {
    private static final int LATENCY_MILLIS_MAX = 4;
    private static final long SLOW_MILLIS_MAX = 5_000;

    private final Agenda agenda;
    private final Faults faults;
    private int calls;

    Network(Agenda agenda, Faults faults) {
        this.agenda = agenda;
        this.faults = faults;
    }

    @Override
    public void before(String what) {
        boolean isSlow = faults.strike(Fault.SLOW_CALL);
        long millis = isSlow ? faults.delayMillis(Fault.SLOW_CALL, SLOW_MILLIS_MAX) : 1 + calls++ % LATENCY_MILLIS_MAX;
        agenda.pause(Duration.ofMillis(millis));
    }

    @Override
    public void after() {}
}
