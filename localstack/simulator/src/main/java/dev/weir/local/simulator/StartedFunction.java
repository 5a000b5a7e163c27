package dev.weir.local.simulator;

import dev.weir.port.Invoker;
import dev.weir.port.Items;
import dev.weir.port.ObjectStore;
import dev.weir.port.Streams;
import dev.weir.port.Time;
import java.util.function.Supplier;

/** One copy of a function that is started by its name, as Lambda keeps it warm. */
@FunctionalInterface
public interface StartedFunction {

    /**
     * One invocation. A {@link dev.weir.port.StoreUnavailableException} is a failed one; any other exception is a violation.
     *
     * @param requestId the same when Lambda repeats an invocation
     * @return whatever it says
     */
    byte[] run(byte[] event, String requestId, long remainingMillis);

    /** How a copy is made. */
    @FunctionalInterface
    interface Factory {
        StartedFunction start(Ports ports);
    }

    /**
     * What a copy can reach, with every fault.
     *
     * @param incarnations what is drawn from it while the copy is made is the same in every copy of one snapshot
     */
    record Ports(
            Items items,
            Streams streams,
            ObjectStore objects,
            Invoker invoker,
            Time time,
            Supplier<String> incarnations) {}
}
