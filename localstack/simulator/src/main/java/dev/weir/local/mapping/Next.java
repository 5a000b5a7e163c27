package dev.weir.local.mapping;

import java.util.OptionalLong;

/** What a {@link ShardPoller} wants done next. */
public sealed interface Next {

    /**
     * Read from the shard and call {@link ShardPoller#fetched}. When nothing is there, waiting for more is right, but not beyond the time
     * given: a batch that waits for company must leave then.
     *
     * @param wakeAtMillis when to ask for the next step at the latest, milliseconds since the epoch; empty: whenever there is more to read
     */
    record Fetch(Position from, int recordsMax, int bytesMax, OptionalLong wakeAtMillis) implements Next {}

    /** Call the function, then exactly one of {@link ShardPoller#answered}, {@link ShardPoller#failed}, {@link ShardPoller#notInvoked}. */
    record Invoke(Batch batch, byte[] event) implements Next {}

    /** Give the records to the failure destination, then call {@link ShardPoller#delivered}. */
    record Discard(DiscardedBatch discarded) implements Next {}

    /** A retry is not due yet. Ask again at that time, milliseconds since the epoch. */
    record Wait(long untilMillis) implements Next {}

    /** The function has the batch; nothing else may happen in this shard until it is known what became of it. */
    record AwaitAnswer() implements Next {}

    /** The shard was read to its closed end and its last batch is done: its children may start. */
    record Ended() implements Next {}
}
