package dev.weir.queue;

/**
 * How much one page may hold. A page has at least one entry if there is one, whatever its size, and is the better filled the larger the
 * bounds are.
 *
 * @param events most entries, 1 or more
 * @param bytes bytes of lines after which the page ends, 1 or more; the entry that crosses is in the page
 * @param millis how long to go on reading, 0 or more
 */
public record ReadLimits(int events, long bytes, long millis) {

    /** 5,000 entries, 4 MiB, 10 seconds. */
    public static final ReadLimits DEFAULTS = new ReadLimits(5_000, 4L * 1024 * 1024, 10_000);

    public ReadLimits {
        if (events < 1 || bytes < 1 || millis < 0) {
            throw new IllegalArgumentException("a page holds at least one event and one byte: events=" + events
                    + " bytes=" + bytes + " millis=" + millis);
        }
    }

    /** The same with another number of entries. */
    public ReadLimits withEvents(int most) {
        return new ReadLimits(most, bytes, millis);
    }

    /** The same with another time. */
    public ReadLimits withMillis(long most) {
        return new ReadLimits(events, bytes, most);
    }
}
