package dev.weir.infra.cost;

/**
 * How long things take in a function: what is not counted but assumed. Immutable.
 *
 * @param eventMicros of one event on a whole processor, from Lambda's event to the request that is sent
 * @param commitMillis of a transaction on its way
 * @param invocationMillis of an invocation besides
 */
public record Pace(double eventMicros, double commitMillis, double invocationMillis) {

    /** Memory at which a function has one whole processor. Source: AWS Lambda, "Configure memory". */
    private static final double PROCESSOR_MB = 1_769;

    /** Most events of a record of Weir's writers, and of a batch: what 6 MB of Lambda's event hold, compressed to a fifth. */
    private static final int EVENTS_PER_RECORD = 10_000;

    private static final int EVENTS_PER_BATCH = 250_000;

    /**
     * Measured on a virtual machine, twice over for safety: 1.6 microseconds an event of the ledger ("bench engine"). The milliseconds are
     * usual ones of AWS, not measured.
     */
    public static final Pace DEFAULT = new Pace(3.2, 15, 3);

    /** Milliseconds of one event with so much memory. */
    public double eventMillis(int memoryMb) {
        return eventMicros / 1_000 * Math.max(1, PROCESSOR_MB / memoryMb);
    }

    /** Milliseconds of an invocation: commits of a lane follow each other, lanes run side by side. */
    double invocationMillis(long events, double commitsOfLane, int memoryMb) {
        return invocationMillis + commitsOfLane * commitMillis + events * eventMillis(memoryMb);
    }

    /** Most events of a batch of so many records. */
    public static long eventsMax(int records) {
        return Math.min((long) records * EVENTS_PER_RECORD, EVENTS_PER_BATCH);
    }
}
