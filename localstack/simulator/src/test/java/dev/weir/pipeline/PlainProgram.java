package dev.weir.pipeline;

import dev.weir.pipeline.RandomPipeline.In;
import dev.weir.pipeline.RandomPipeline.Verb;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongConsumer;

/** Does what a {@link RandomPipeline} does and knows nothing of lanes, commits or time that passes: one event after another, state in maps. */
final class PlainProgram {

    /** What one step keeps. */
    private static final class Memory {
        final Map<String, Long> numbers = new HashMap<>();
        final Map<String, List<Long>> batches = new HashMap<>();
        final Map<String, Long> latest = new HashMap<>();
        final Map<String, List<Long>> even = new HashMap<>();
        final Map<String, List<Long>> odd = new HashMap<>();
        final Map<String, TreeMap<Long, Long>> windows = new TreeMap<>();
    }

    private final List<Verb> verbs;
    private final List<Memory> memories = new ArrayList<>();
    private final Map<String, List<Long>> out = new TreeMap<>();

    private PlainProgram(List<Verb> verbs) {
        this.verbs = verbs;
        verbs.forEach(_ -> memories.add(new Memory()));
    }

    /** What comes out, by key, in the order in which it comes; windows when their time is over. */
    static Map<String, List<Long>> run(RandomPipeline pipeline, List<In> events) {
        PlainProgram program = new PlainProgram(pipeline.verbs);
        events.forEach(in -> program.step(0, in.key(), in.value(), in.second()));
        for (int i = 0; i < program.verbs.size(); i++) {
            program.endWindows(i);
        }
        return program.out;
    }

    private void endWindows(int i) {
        memories.get(i)
                .windows
                .forEach((key, open) ->
                        open.forEach((from, count) -> step(i + 1, key, from * 1_000 + count, from + 59)));
    }

    private void step(int i, String key, long value, long second) {
        if (i == verbs.size()) {
            list(out, key).add(value);
            return;
        }
        Memory memory = memories.get(i);
        LongConsumer next = result -> step(i + 1, key, result, second);
        switch (verbs.get(i)) {
            case ADD_ONE -> next.accept(value + 1);
            case DROP_THIRDS -> {
                if (value % 3 != 0) {
                    next.accept(value);
                }
            }
            case REPEAT -> {
                next.accept(value);
                next.accept(value + 5);
            }
            case BRANCH -> next.accept(value % 2 == 0 ? value + 1 : value + 2);
            case MERGE -> {
                next.accept(value + 1);
                next.accept(value + 7);
            }
            case ENRICH -> next.accept(value % 5 == 4 ? value + 1 : value + 10 * (value % 5));
            case KEY_BY_NAME -> next.accept(value);
            case KEY_BY_REST -> step(i + 1, "rest-" + value % 4, value, second);
            case COUNT -> next.accept(memory.numbers.merge(key, 1L, Long::sum));
            case SUM -> next.accept(memory.numbers.merge(key, value, Long::sum));
            case MAX -> next.accept(memory.numbers.merge(key, value, Math::max));
            case BATCH -> batch(i, key, value, second);
            case JOIN_LATEST -> {
                if (value % 3 == 0) {
                    memory.numbers.put(key, value);
                } else {
                    next.accept(value + memory.numbers.getOrDefault(key, 0L));
                }
            }
            case JOIN_WITHIN -> {
                list(value % 2 == 0 ? memory.even : memory.odd, key).add(value);
                List.copyOf(list(value % 2 == 0 ? memory.odd : memory.even, key))
                        .forEach(other -> next.accept(value + other));
            }
            case WINDOW_COUNT ->
                memory.windows.computeIfAbsent(key, _ -> new TreeMap<>()).merge(second / 60 * 60, 1L, Long::sum);
        }
    }

    private void batch(int i, String key, long value, long second) {
        Memory memory = memories.get(i);
        List<Long> batch = list(memory.batches, key);
        batch.add(value);
        long latest = memory.latest.merge(key, second, Math::max);
        if (batch.size() == RandomPipeline.BATCH) {
            memory.batches.remove(key);
            memory.latest.remove(key);
            boolean travelled = verbs.subList(0, i).contains(Verb.KEY_BY_REST);
            step(i + 1, key, travelled ? batch.size() : RandomPipeline.sum(batch), latest);
        }
    }

    private static List<Long> list(Map<String, List<Long>> lists, String key) {
        return lists.computeIfAbsent(key, _ -> new ArrayList<>());
    }
}
