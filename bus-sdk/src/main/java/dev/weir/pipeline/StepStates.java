package dev.weir.pipeline;

import dev.weir.model.Json;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The state of one key: of each step its value, if it has any. Immutable. */
final class StepStates extends KeyState {
    final @Nullable Object[] values;

    /** The values as JSON, as far as it was made: that of a {@link BoundedCodec} is made when it is written. */
    final @Nullable Json[] texts;

    /** State of steps that this version of the pipeline does not have, kept for a version that has them. */
    final Map<String, Json> others;

    private StepStates(@Nullable Object[] values, @Nullable Json[] texts, Map<String, Json> others) {
        this.values = values;
        this.texts = texts;
        this.others = others;
    }

    static StepStates none(int steps) {
        return new StepStates(new @Nullable Object[steps], new @Nullable Json[steps], Map.of());
    }

    static StepStates of(@Nullable Object[] values, @Nullable Json[] texts, Map<String, Json> others) {
        return new StepStates(values, texts, others);
    }

    /**
     * The same with another value of one step; null for none.
     *
     * @param text of the value; null if its codec bounds it
     */
    StepStates with(int slot, @Nullable Object value, @Nullable Json text) {
        @Nullable Object[] newValues = Arrays.copyOf(values, values.length);
        @Nullable Json[] newTexts = Arrays.copyOf(texts, texts.length);
        newValues[slot] = value;
        newTexts[slot] = text;
        return new StepStates(newValues, newTexts, others);
    }
}
