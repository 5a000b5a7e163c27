package dev.weir.pipeline;

import dev.weir.model.Json;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The state of one key: of each step its value, if it has any. Immutable. */
final class StepStates extends KeyState {
    private static final @Nullable Json[] NO_TEXTS = {};

    final @Nullable Object[] values;

    /** The values as JSON, as far as it was made: that of a {@link BoundedCodec} is made when it is written. Of length 0 if none was. */
    private final @Nullable Json[] texts;

    /** State of steps that this version of the pipeline does not have, kept for a version that has them. */
    final Map<String, Json> others;

    StepStates(@Nullable Object[] values, @Nullable Json[] texts, Map<String, Json> others) {
        this.values = values;
        this.texts = texts;
        this.others = others;
    }

    static StepStates none(int steps) {
        return new StepStates(new @Nullable Object[steps], NO_TEXTS, Map.of());
    }

    /** Of a value its JSON, if it was made. */
    @Nullable
    Json text(int slot) {
        return texts.length == 0 ? null : texts[slot];
    }

    /**
     * The same with another value of one step; null for none.
     *
     * @param text of the value; null if its codec bounds it
     */
    StepStates with(int slot, @Nullable Object value, @Nullable Json text) {
        @Nullable Object[] newValues = Arrays.copyOf(values, values.length);
        newValues[slot] = value;
        return new StepStates(newValues, texts(slot, text), others);
    }

    private @Nullable Json[] texts(int slot, @Nullable Json text) {
        if (text == null && texts.length == 0) {
            return texts;
        }
        @Nullable Json[] newTexts = Arrays.copyOf(texts, values.length);
        newTexts[slot] = text;
        return newTexts;
    }
}
