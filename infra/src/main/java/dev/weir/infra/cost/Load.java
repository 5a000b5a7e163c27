package dev.weir.infra.cost;

import java.util.OptionalInt;

/**
 * What a bus is to carry. Immutable.
 *
 * @param eventsPerSecond into each stream, and into each queue that no bot writes; above 0, at most 10 million
 * @param eventBytes of the JSON text of an event, about, 1 to 100,000; where a sample can be made longer it is
 * @param keys different keys of the events, 1 to 1,000,000; all alike, which is the dearest
 * @param eventsPerBatch events of one invocation; empty for what comes in a second, or in the batching window if that is longer
 */
public record Load(double eventsPerSecond, int eventBytes, int keys, OptionalInt eventsPerBatch) {

    /** 1,000 events a second of 200 bytes, of 1,000 keys. */
    public static final Load DEFAULT = new Load(1_000, 200, 1_000, OptionalInt.empty());

    public Load {
        if (!(eventsPerSecond > 0 && eventsPerSecond <= 10_000_000)) {
            throw new IllegalArgumentException("rate must be above 0, at most 10,000,000: rate=" + eventsPerSecond);
        }
        check("size", eventBytes, 100_000);
        check("accounts", keys, 1_000_000);
        eventsPerBatch.ifPresent(events -> check("batch", events, 100_000));
    }

    private static void check(String name, int value, int max) {
        if (value < 1 || value > max) {
            throw new IllegalArgumentException(name + " must be 1 to " + max + ": " + name + "=" + value);
        }
    }
}
