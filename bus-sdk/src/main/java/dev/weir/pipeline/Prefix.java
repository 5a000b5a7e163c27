package dev.weir.pipeline;

import dev.weir.pipeline.Answers.Answer;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The way of events through steps without state, to learn what they will look up, before any of them is taken. It leaves no trace; what fails
 * on it fails again when the event is taken. Immutable and thread-safe.
 */
final class Prefix {
    /** Most keys of a step that are looked up beforehand for one slice; further ones are looked up when their turn comes. */
    private static final int KEYS_MAX = 50_000;

    private final Plan plan;

    /** Of each step how many lookups may follow each other behind it, without state between. */
    private final int[] depths;

    Prefix(Plan plan) {
        this.plan = plan;
        this.depths = new int[plan.nodes.size()];
        for (int step = depths.length - 1; step >= 0; step--) {
            for (Plan.Edge edge : plan.next.get(step)) {
                depths[step] = Math.max(depths[step], depthInto(edge.to()));
            }
        }
    }

    private int depthInto(int step) {
        return switch (plan.nodes.get(step)) {
            case Node.Enrich _ -> depths[step] + 1;
            case Node.One _, Node.Many _, Node.Merge _, Node.EventTime _, Node.KeyBy _ -> depths[step];
            case Node.Stateful _, Node.End _, Node.Source _ -> 0;
        };
    }

    /** Whether anything is ever looked up beforehand. */
    boolean looksUp() {
        return Arrays.stream(depths).anyMatch(depth -> depth > 0);
    }

    /** Looks up what the events need, one lookup behind the other if they need several. */
    Answers answers(Collection<Work> events, Lookups lookups) {
        List<Work> some = events.stream().filter(this::looksUp).toList();
        int rounds = some.stream().mapToInt(work -> depths[work.step]).max().orElse(0);
        if (rounds == 0) {
            return Answers.NONE;
        }
        Answers answers = new Answers();
        for (int round = 0; round < rounds; round++) {
            Map<Integer, Set<Object>> wanted = wanted(some, answers);
            if (wanted.isEmpty()) {
                break;
            }
            lookups.find(wanted, answers);
        }
        return answers;
    }

    private boolean looksUp(Work work) {
        return work.step != Work.NOWHERE && depths[work.step] > 0;
    }

    private Map<Integer, Set<Object>> wanted(List<Work> events, Answers answers) {
        Map<Integer, Set<Object>> wanted = new TreeMap<>();
        for (Work work : events) {
            try {
                new Walk(work.key.isEmpty() ? null : work.key, answers, wanted).after(work.step, work.value);
            } catch (RuntimeException | StackOverflowError _) {
                // the same happens when it is taken, and is told then
            }
        }
        return wanted;
    }

    /** The way of one event. */
    private final class Walk {
        private final @Nullable String key;
        private final Answers answers;
        private final Map<Integer, Set<Object>> wanted;

        Walk(@Nullable String key, Answers answers, Map<Integer, Set<Object>> wanted) {
            this.key = key;
            this.answers = answers;
            this.wanted = wanted;
        }

        void after(int step, Object value) {
            for (Plan.Edge edge : plan.next.get(step)) {
                if (depthInto(edge.to()) > 0) {
                    take(edge.to(), value);
                }
            }
        }

        private void take(int step, Object value) {
            switch (plan.nodes.get(step)) {
                case Node.One one -> {
                    Object result = one.function.apply(key, value);
                    if (result != Node.ToOne.NOTHING) {
                        after(step, result);
                    }
                }
                case Node.Many many -> many.function.apply(value).forEach(result -> after(step, result));
                case Node.Merge _, Node.EventTime _ -> after(step, value);
                case Node.KeyBy keyBy -> {
                    if (keyBy.key.apply(value).equals(key)) {
                        after(step, value);
                    }
                }
                case Node.Enrich enrich -> enrich(step, enrich, value);
                case Node.Stateful _, Node.End _, Node.Source _ -> {}
            }
        }

        private void enrich(int step, Node.Enrich enrich, Object value) {
            Object lookupKey = enrich.keyOf(value);
            switch (answers.get(step, lookupKey)) {
                case Answer.Found(Optional<Object> found) -> after(step, enrich.function.apply(value, found));
                case Answer.Failed _, Answer.Unknown _ -> {}
                case null -> want(step, lookupKey);
            }
        }

        private void want(int step, Object lookupKey) {
            Set<Object> keys = wanted.computeIfAbsent(step, _ -> new LinkedHashSet<>());
            if (answers.count(step) + keys.size() < KEYS_MAX) {
                keys.add(lookupKey);
            }
        }
    }
}
