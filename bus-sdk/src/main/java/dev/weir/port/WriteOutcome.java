package dev.weir.port;

import java.util.List;

/** How a write or a transaction ended. An expected refusal is a value here and never an exception. */
public sealed interface WriteOutcome {

    /** Every write of the call is durable. */
    record Written() implements WriteOutcome {}

    /**
     * A condition did not hold, or an item has another shape than its edits need, and nothing was written.
     *
     * <p>A store does not tell which item has another shape, nor what else did not hold then: the keys are those of all {@link Write.Edits}
     * of the call. Mend the items and write again to learn the rest.
     *
     * @param keys the keys whose conditions failed, in the order of the writes; never empty
     */
    record ConditionFailed(List<Key> keys) implements WriteOutcome {}

    /**
     * Nothing was written, for a reason that passes: throttling, or a conflict with another transaction.
     *
     * @param reason for the log: the store's own code
     */
    record Retry(String reason) implements WriteOutcome {}

    /**
     * No answer came (a time-out, a broken connection, a server error): the writes happened all together or not at all, and the
     * caller must read to know.
     *
     * @param reason for the log
     */
    record Unknown(String reason) implements WriteOutcome {}

    WriteOutcome WRITTEN = new Written();
}
