package dev.weir.pipeline;

import dev.weir.graph.RetryLaterException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** What lookups answered for the events of one slice, by step and key. Thread-safe. */
final class Answers {

    /** What became of a lookup. */
    sealed interface Answer {
        /** It answered. */
        record Found(Optional<Object> value) implements Answer {}

        /** It failed, and would again for this key. */
        record Failed(RuntimeException reason) implements Answer {}

        /** A call for several keys failed: it is not known for which. */
        record Unknown() implements Answer {}
    }

    /** Nothing was looked up. */
    static final Answers NONE = new Answers();

    private final Map<Integer, Map<Object, Answer>> bySteps = new ConcurrentHashMap<>();

    @Nullable
    Answer get(int step, Object key) {
        return bySteps.getOrDefault(step, Map.of()).get(key);
    }

    void put(int step, Object key, Answer answer) {
        bySteps.computeIfAbsent(step, _ -> new ConcurrentHashMap<>()).put(key, answer);
    }

    /** How many keys of a step were looked up. */
    int count(int step) {
        return bySteps.getOrDefault(step, Map.of()).size();
    }

    /** What a failure tells of one of several keys. */
    static Answer failed(RuntimeException reason, int keys) {
        return keys == 1 || reason instanceof RetryLaterException ? new Answer.Failed(reason) : new Answer.Unknown();
    }
}
