package dev.weir.flow;

/** What a lane keeps in memory about one key. Not thread-safe. */
final class Slot<V> {
    final String key;

    /** The lane that owns the key, or this lane for a spread key. */
    final int lane;

    V value;

    /** Whether the value was ever written: a key that was only looked at leaves no row. */
    boolean present;

    /** How far the key's own sequence numbers have come. */
    Mark sequence = Mark.FIRST;

    /** How many events of the key are parked; while there are any, later ones are parked behind them. */
    int parked;

    /** Fence of the commit that changed it last; 0 for never. */
    long version;

    /** Serial number of the draft that holds a change of it; 0 for none. */
    long draft;

    /** Whether its row was read (or is known not to exist). Only then {@link #value} means something. */
    boolean loaded;

    Slot(String key, int lane, V zero) {
        this.key = key;
        this.lane = lane;
        this.value = zero;
    }
}
