package dev.weir.local.simulator;

import dev.weir.port.InvokeOutcome;
import dev.weir.port.Invoker;
import java.util.function.BiConsumer;

/** Lambda's asynchronous invocations as one process sees them: refused, lost, or accepted without an answer. */
final class SimulatedInvoker implements Invoker {
    private final BiConsumer<String, byte[]> starts;
    private final Faults faults;
    private final Calls calls;

    /** @param starts what takes a function's name and its event, and runs it some time */
    SimulatedInvoker(BiConsumer<String, byte[]> starts, Faults faults, Calls calls) {
        this.starts = starts;
        this.faults = faults;
        this.calls = calls;
    }

    @Override
    public InvokeOutcome invoke(String function, byte[] payload) {
        calls.before("invoke");
        InvokeOutcome outcome = outcome(function, payload);
        calls.after();
        return outcome;
    }

    private InvokeOutcome outcome(String function, byte[] payload) {
        if (faults.strike(Fault.START_REFUSED)) {
            return new InvokeOutcome.Refused("TooManyRequestsException");
        }
        if (faults.strike(Fault.START_LOST_REQUEST)) {
            return new InvokeOutcome.Unknown("the request was lost");
        }
        starts.accept(function, payload.clone());
        return faults.strike(Fault.START_LOST_ANSWER)
                ? new InvokeOutcome.Unknown("the answer was lost")
                : InvokeOutcome.ACCEPTED;
    }
}
