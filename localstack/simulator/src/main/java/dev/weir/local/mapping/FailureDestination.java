package dev.weir.local.mapping;

/** Where discarded batches go. Thread-safe: several shards may discard at once. */
public interface FailureDestination {

    /** Without a destination Lambda drops the records; the counters and the listener still tell. */
    FailureDestination NONE = (discarded, json) -> {};

    /**
     * Takes a discarded batch for good. An exception means "not taken": the shard waits and tries again.
     *
     * @param json the invocation record of {@link DiscardedBatch#toJson}
     */
    void send(DiscardedBatch discarded, byte[] json);
}
