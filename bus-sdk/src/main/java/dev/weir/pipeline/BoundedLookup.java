package dev.weir.pipeline;

import java.util.Map;
import java.util.Set;

/** A lookup with bounds of its own. */
record BoundedLookup<K, V>(Lookup<K, V> lookup, int keysPerCall, int callsAtOnce) implements Lookup<K, V> {
    private static final int KEYS_PER_CALL_MAX = 10_000;
    private static final int CALLS_AT_ONCE_MAX = 1_000;

    BoundedLookup {
        if (keysPerCall < 1 || keysPerCall > KEYS_PER_CALL_MAX) {
            throw new IllegalArgumentException(
                    "a call is for 1 to " + KEYS_PER_CALL_MAX + " keys: keysPerCall=" + keysPerCall);
        }
        if (callsAtOnce < 1 || callsAtOnce > CALLS_AT_ONCE_MAX) {
            throw new IllegalArgumentException(
                    "1 to " + CALLS_AT_ONCE_MAX + " calls are made at once: callsAtOnce=" + callsAtOnce);
        }
    }

    @Override
    public Map<K, V> find(Set<K> keys) {
        return lookup.find(keys);
    }
}
