package dev.weir.pipeline;

import dev.weir.model.Json;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The state of one key: of each step its value, if it has any. Immutable. */
final class StepStates extends KeyState {
    private static final int FIELD_BYTES = 4; // quotes, colon and comma

    final @Nullable Object[] values;

    /** The values as JSON, but for those whose text is short: it is made when it is written. */
    final @Nullable Json[] texts;

    /** State of steps that this version of the pipeline does not have, kept for a version that has them. */
    final Map<String, Json> others;

    private final int bytes;

    private StepStates(@Nullable Object[] values, @Nullable Json[] texts, Map<String, Json> others, int bytes) {
        this.values = values;
        this.texts = texts;
        this.others = others;
        this.bytes = bytes;
    }

    static StepStates none(int steps) {
        return new StepStates(new @Nullable Object[steps], new @Nullable Json[steps], Map.of(), 2);
    }

    static StepStates of(@Nullable Object[] values, @Nullable Json[] texts, Map<String, Json> others, int bytes) {
        return new StepStates(values, texts, others, bytes);
    }

    /**
     * The same with another value of one step; null for none.
     *
     * @param text of the value; null if it is short
     */
    StepStates with(int slot, String name, @Nullable Object value, @Nullable Json text) {
        @Nullable Object[] newValues = Arrays.copyOf(values, values.length);
        @Nullable Json[] newTexts = Arrays.copyOf(texts, texts.length);
        newValues[slot] = value;
        newTexts[slot] = text;
        int change = bytes(name, value, text) - bytes(name, values[slot], texts[slot]);
        return new StepStates(newValues, newTexts, others, bytes + change);
    }

    /** An upper bound of the bytes of the JSON of all. */
    int bytes() {
        return bytes;
    }

    private static int bytes(String name, @Nullable Object value, @Nullable Json text) {
        if (value == null) {
            return 0;
        }
        return text == null ? name.length() + FIELD_BYTES + Codecs.SHORT_BYTES_MAX : bytes(name, text);
    }

    static int bytes(String name, Json text) {
        return name.length() + FIELD_BYTES + text.length();
    }
}
