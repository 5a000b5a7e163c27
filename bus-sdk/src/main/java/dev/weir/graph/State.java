package dev.weir.graph;

/**
 * The state of a bot's table while one event is processed. Not thread-safe; not to be kept beyond the call.
 *
 * <p>Nothing of it is seen outside before the commit, and nothing of it remains when the function throws.
 * A key has 1 to 1,024 bytes of UTF-8; another throws {@link IllegalArgumentException}.
 */
public interface State<V> {

    /**
     * The value of a key, {@code zero} if it has none.
     *
     * @throws IllegalStateException if the key belongs to another lane: only the key of the event itself, keys that happen to be in its
     *     lane, and spread keys can be read
     */
    V get(String key);

    /** Sets the value of a key; the same rule as for {@link #get}. */
    void put(String key, V value);

    /**
     * Merges a value into a key, whichever lane it belongs to: at once in this lane, by the bus in another, exactly once in both cases.
     */
    void add(String key, V value);
}
