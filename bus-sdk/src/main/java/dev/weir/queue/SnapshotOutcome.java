package dev.weir.queue;

/** What became of a snapshot. */
public sealed interface SnapshotOutcome {

    /**
     * It is on its way, whole: readers who begin at the beginning begin with it as soon as the bus has taken it in.
     *
     * @param start where it begins: an id that begins with {@code _snapshot/}
     * @param next the event of the queue behind which readers go on after it; {@code z/} for the first one
     * @param events how many it has
     */
    record Written(String start, String next, long events) implements SnapshotOutcome {}

    /**
     * There is none: readers see what they saw before.
     *
     * @param reason one sentence: why, and what to do
     */
    record Refused(String reason) implements SnapshotOutcome {}
}
