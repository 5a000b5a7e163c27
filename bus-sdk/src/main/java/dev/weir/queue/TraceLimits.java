package dev.weir.queue;

/**
 * How much a trace may cost.
 *
 * @param hops most steps up, and most down, 1 or more
 * @param events most events in the answer, 1 or more
 * @param readPerQueue most events to read in each queue that is searched for children, 1 or more
 * @param millis when to stop, 1 or more
 */
public record TraceLimits(int hops, int events, int readPerQueue, long millis) {

    /** 20 steps, 1,000 events, 20,000 events read in each queue, 20 seconds. */
    public static final TraceLimits DEFAULTS = new TraceLimits(20, 1_000, 20_000, 20_000);

    public TraceLimits {
        if (hops < 1 || events < 1 || readPerQueue < 1 || millis < 1) {
            throw new IllegalArgumentException("a trace needs room: hops=" + hops + " events=" + events
                    + " readPerQueue=" + readPerQueue + " millis=" + millis);
        }
    }
}
