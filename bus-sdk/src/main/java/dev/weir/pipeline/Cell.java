package dev.weir.pipeline;

import org.jspecify.annotations.Nullable;

/** The state that one step keeps of one key, while it takes an event. Not to be kept beyond the call. Values are never changed, but replaced. */
public interface Cell<S> {

    /** The value; null if there is none. */
    @Nullable
    S get();

    /** The value, or another if there is none. */
    default S or(S other) {
        S value = get();
        return value == null ? other : value;
    }

    void set(S value);

    /** Leaves nothing of the key. */
    void clear();
}
