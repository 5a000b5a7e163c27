package dev.weir.writer;

/**
 * The writer gave up: a record was not accepted before its deadline, or the port broke its contract. Nothing was dropped silently: events from
 * {@link #firstUnacknowledged()} on, and unacknowledged events of other lanes, may be in the stream or not. Open a writer with the same
 * producer id and put the same input again; what did arrive is dropped by its number.
 */
public final class WriterFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String producer;
    private final int lane;
    private final long firstUnacknowledged;
    private final int tries;
    private final String reason;

    WriterFailedException(Producer producer, Failure failure) {
        super(
                "the writer gave up; open a writer with the same producer id and put the same events again: stream="
                        + producer.stream()
                        + " producer=" + producer.id() + " lane=" + failure.lane() + " firstUnacknowledged="
                        + failure.firstUnacknowledged() + " tries=" + failure.tries() + " lastReason="
                        + failure.reason(),
                failure.cause());
        this.producer = producer.id();
        this.lane = failure.lane();
        this.firstUnacknowledged = failure.firstUnacknowledged();
        this.tries = failure.tries();
        this.reason = failure.reason();
    }

    public String producer() {
        return producer;
    }

    /** The lane that could not go on. */
    public int lane() {
        return lane;
    }

    /** The lowest number of that lane that was not accepted. */
    public long firstUnacknowledged() {
        return firstUnacknowledged;
    }

    /** How often the lane's oldest record was put. */
    public int tries() {
        return tries;
    }

    /** What the stream said last. */
    public String reason() {
        return reason;
    }
}
