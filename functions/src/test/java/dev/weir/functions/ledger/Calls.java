package dev.weir.functions.ledger;

import java.util.ArrayList;
import java.util.List;

/** The calls of one process: counts them, and lets happen what the plan says. Used by one thread at a time. */
final class Calls {
    private final Plan plan;
    private final List<Runnable> delayed = new ArrayList<>();
    private int count;
    private boolean dead;

    Calls(Plan plan) {
        this.plan = plan;
    }

    int count() {
        return count;
    }

    Fault before(Call.Port port) {
        Call call = new Call(count, port);
        if (dead) {
            throw new Death(call);
        }
        count++;
        Fault fault = plan.at(call);
        if (fault == Fault.KILLED_BEFORE) {
            dead = true;
            throw new Death(call);
        }
        if (fault == Fault.LANDS) {
            delayed.forEach(Runnable::run);
            delayed.clear();
        }
        return fault;
    }

    void after(Fault fault) {
        if (fault == Fault.KILLED_AFTER) {
            dead = true;
            throw new Death(new Call(count - 1, Call.Port.READ));
        }
    }

    void delay(Runnable write) {
        delayed.add(write);
    }
}
