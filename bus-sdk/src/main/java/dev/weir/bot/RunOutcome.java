package dev.weir.bot;

/** How a run of a bot on queues ended. Whatever it says, what was committed is committed, once. */
public sealed interface RunOutcome {

    /** How many entries were read and wholly taken. */
    long entries();

    /** Everything was taken that was there when the run looked. */
    record Done(long entries) implements RunOutcome {}

    /** The time was used, or the run was asked to stop: run again at once. */
    record More(long entries) implements RunOutcome {}

    /**
     * It could not go on.
     *
     * @param reason for people: what is wrong, and where
     */
    record Failed(long entries, String reason) implements RunOutcome {}
}
