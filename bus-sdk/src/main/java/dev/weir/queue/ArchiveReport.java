package dev.weir.queue;

/**
 * What an archiver did to a queue.
 *
 * @param queue its key
 * @param events how many entries went into the archive
 * @param files in how many objects
 * @param ending why it stopped
 */
public record ArchiveReport(String queue, long events, int files, Ending ending) {

    /** Why an archiver stopped. */
    public sealed interface Ending {}

    /** Everything before the given moment is in the archive. */
    public record Done() implements Ending {}

    /** The time was over; the next run goes on. */
    public record OutOfTime() implements Ending {}

    /** The queue is never archived, or does not exist. */
    public record Skipped() implements Ending {}

    /** Another archiver was faster. What this one stored besides is garbage that nobody points to. */
    public record Overtaken() implements Ending {}

    /** The queue cannot be read further; nothing behind that is archived. */
    public record Blocked(Stop.Unreadable at) implements Ending {}

    static final Ending DONE = new Done();
    static final Ending OUT_OF_TIME = new OutOfTime();
    static final Ending SKIPPED = new Skipped();
    static final Ending OVERTAKEN = new Overtaken();
}
