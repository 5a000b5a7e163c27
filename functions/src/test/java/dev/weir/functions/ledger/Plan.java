package dev.weir.functions.ledger;

import java.util.Random;

/** What befalls the calls of one process. May act before it answers: so a test runs something at a chosen moment. */
@FunctionalInterface
interface Plan {

    Plan NO_FAULTS = _ -> Fault.NONE;

    Fault at(Call call);

    /** One fault, at one call. */
    static Plan once(int index, Fault fault) {
        return call -> call.index() == index ? fault : Fault.NONE;
    }

    /** A fault at the first calls of a port. */
    static Plan first(int times, Call.Port port, Fault fault) {
        int[] left = {times};
        return call -> call.port() == port && left[0]-- > 0 ? fault : Fault.NONE;
    }

    /** Something else happens just before a call. */
    static Plan meanwhile(int index, Runnable action) {
        return call -> {
            if (call.index() == index) {
                action.run();
            }
            return Fault.NONE;
        };
    }

    /** Any fault but delays, at any call. */
    static Plan random(Random random, double probability) {
        Fault[] faults = {
            Fault.REFUSED,
            Fault.LOST_ANSWER,
            Fault.LOST_REQUEST,
            Fault.UNAVAILABLE,
            Fault.KILLED_BEFORE,
            Fault.KILLED_AFTER
        };
        return _ -> random.nextDouble() < probability ? faults[random.nextInt(faults.length)] : Fault.NONE;
    }
}
