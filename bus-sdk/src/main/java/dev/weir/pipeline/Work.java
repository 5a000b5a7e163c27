package dev.weir.pipeline;

/** An event of a pipeline and the step that it stands before: what the spine carries, and nothing for others to look into. Immutable. */
public final class Work {
    /** Its time is that of its arrival. */
    static final long ARRIVAL = Long.MIN_VALUE;

    /** It stands before no step: a filter passed it over. */
    static final int NOWHERE = -1;

    final int step;

    /** Empty if it has none. */
    final String key;

    final Object value;
    final long millis;
    final String feed;

    Work(int step, String key, Object value, long millis, String feed) {
        this.step = step;
        this.key = key;
        this.value = value;
        this.millis = millis;
        this.feed = feed;
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
