package dev.weir.pipeline;

import dev.weir.pipeline.Answers.Answer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;

/** Makes the calls of lookups, so many of a step at once, whoever asks: the one class of pipelines with threads. Thread-safe. */
final class Lookups {
    private final Map<Integer, Node.Enrich> steps = new HashMap<>();
    private final Map<Integer, Semaphore> calls = new HashMap<>();

    Lookups(Plan plan) {
        for (int step = 0; step < plan.nodes.size(); step++) {
            if (plan.nodes.get(step) instanceof Node.Enrich enrich) {
                steps.put(step, enrich);
                calls.put(step, new Semaphore(enrich.lookup.callsAtOnce()));
            }
        }
    }

    /** Looks up one key at once. */
    Optional<Object> find(int step, Object key) {
        return call(step, Set.of(key)).getOrDefault(key, Optional.empty());
    }

    /** Looks up keys of steps, many at once, and returns when all were answered or failed. */
    void find(Map<Integer, Set<Object>> wanted, Answers answers) {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            wanted.forEach((step, keys) ->
                    portions(step, keys).forEach(portion -> threads.execute(() -> find(step, portion, answers))));
        }
    }

    private List<Set<Object>> portions(int step, Set<Object> keys) {
        int most = enrich(step).lookup.keysPerCall();
        List<Set<Object>> portions = new ArrayList<>();
        for (Object key : keys) {
            if (portions.isEmpty() || portions.getLast().size() == most) {
                portions.add(new LinkedHashSet<>());
            }
            portions.getLast().add(key);
        }
        return portions;
    }

    private void find(int step, Set<Object> keys, Answers answers) {
        try {
            call(step, keys).forEach((key, value) -> answers.put(step, key, new Answer.Found(value)));
        } catch (RuntimeException e) {
            keys.forEach(key -> answers.put(step, key, Answers.failed(e, keys.size())));
        }
    }

    private Map<Object, Optional<Object>> call(int step, Set<Object> keys) {
        Semaphore permits = Objects.requireNonNull(calls.get(step));
        permits.acquireUninterruptibly();
        try {
            Map<Object, Object> found = Objects.requireNonNull(
                    enrich(step).lookup.find(Collections.unmodifiableSet(keys)), "a lookup answers a map");
            Map<Object, Optional<Object>> answers = new HashMap<>();
            keys.forEach(key -> answers.put(key, Optional.ofNullable(found.get(key))));
            return answers;
        } finally {
            permits.release();
        }
    }

    private Node.Enrich enrich(int step) {
        return Objects.requireNonNull(steps.get(step));
    }
}
