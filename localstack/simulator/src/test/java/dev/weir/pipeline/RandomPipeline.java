package dev.weir.pipeline;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * A random pipeline as a list of verbs, from which both a {@link Pipeline} is made and a plain interpreter that knows nothing of lanes,
 * commits or time that passes: one event after another, state in maps.
 */
final class RandomPipeline {
    private static final Window WINDOW = Window.tumbling(Duration.ofSeconds(60)).waiting(Duration.ofMinutes(10));

    /** Of what travelled from such windows. */
    private static final Window LATER = WINDOW.waiting(Duration.ofMinutes(40));

    /** What comes in; values are positive, so that what is added up only rises. */
    record In(String key, long value, long second) {
        String json() {
            return "{\"key\":\"" + key + "\",\"value\":" + value + ",\"second\":" + second + "}";
        }
    }

    record Out(String key, long value) {}

    enum Verb {
        ADD_ONE,
        DROP_THIRDS,
        REPEAT,
        KEY_BY_NAME,
        KEY_BY_REST,
        COUNT,
        SUM,
        MAX,
        WINDOW_COUNT
    }

    private static final List<Verb> PLAIN = List.of(Verb.ADD_ONE, Verb.DROP_THIRDS, Verb.REPEAT);
    private static final List<Verb> STATEFUL = List.of(Verb.COUNT, Verb.SUM, Verb.MAX, Verb.WINDOW_COUNT);

    final List<Verb> verbs;

    private RandomPipeline(List<Verb> verbs) {
        this.verbs = verbs;
    }

    static RandomPipeline of(Random random) {
        List<Verb> verbs = new ArrayList<>();
        plain(random, verbs);
        verbs.add(Verb.KEY_BY_NAME);
        stateful(random, verbs, 1 + random.nextInt(2));
        if (random.nextBoolean()) {
            plain(random, verbs);
            verbs.add(Verb.KEY_BY_REST);
            stateful(random, verbs, 1); // of two, what the first gives depends on an order that nobody promised
        }
        return new RandomPipeline(verbs);
    }

    private static void plain(Random random, List<Verb> verbs) {
        for (int i = random.nextInt(3); i > 0; i--) {
            verbs.add(PLAIN.get(random.nextInt(PLAIN.size())));
        }
    }

    private static void stateful(Random random, List<Verb> verbs, int count) {
        for (int i = 0; i < count; i++) {
            verbs.add(STATEFUL.get(random.nextInt(STATEFUL.size())));
        }
    }

    /** Whether the order in which a key's values come out is settled by the order in which events go in. */
    boolean isOrdered() {
        return !verbs.contains(Verb.KEY_BY_REST);
    }

    // ------------------------------------------------------------------ as a pipeline

    Pipeline pipeline() {
        Stage<In> stage = Pipeline.from(Feed.stream("in", Codec.of(In.class)))
                .timestampBy(in -> Instant.ofEpochSecond(in.second()));
        int i = 0;
        while (verbs.get(i) != Verb.KEY_BY_NAME) {
            stage = switch (verbs.get(i)) {
                case ADD_ONE -> stage.map(in -> new In(in.key(), in.value() + 1, in.second()));
                case DROP_THIRDS -> stage.filter(in -> in.value() % 3 != 0);
                default -> stage.flatMap(in -> List.of(in, new In(in.key(), in.value() + 5, in.second())));
            };
            i++;
        }
        KeyedStage<Long> keyed =
                stage.keyBy("name", In::key, Codec.of(In.class)).map(In::value);
        for (i++; i < verbs.size(); i++) {
            boolean travelled = verbs.subList(0, i).contains(Verb.KEY_BY_REST);
            keyed = keyed(keyed, verbs.get(i), verbs.get(i).name() + i, travelled ? LATER : WINDOW);
        }
        return Pipeline.of("random", keyed.mapWithKey(Out::new).to(To.queue("out", Codec.of(Out.class))));
    }

    private static KeyedStage<Long> keyed(KeyedStage<Long> stage, Verb verb, String name, Window window) {
        return switch (verb) {
            case ADD_ONE -> stage.map(value -> value + 1);
            case DROP_THIRDS -> stage.filter(value -> value % 3 != 0);
            case REPEAT -> stage.flatMap(value -> List.of(value, value + 5));
            case KEY_BY_REST -> stage.keyBy(name, value -> "rest-" + value % 4, Codec.integer());
            case COUNT -> stage.count(name);
            case SUM -> stage.aggregate(name, Codec.integer(), 0L, Long::sum);
            case MAX -> stage.reduce(name, Codec.integer(), Math::max);
            case WINDOW_COUNT ->
                stage.window(window, Codec.integer()).count(name).map(RandomPipeline::windowed);
            case KEY_BY_NAME -> throw new IllegalStateException("only once");
        };
    }

    private static long windowed(Windowed<Long> window) {
        return window.fromMillis() / 1_000 * 1_000 + window.value();
    }

    // ------------------------------------------------------------------ as a plain program

    /** What comes out, by key, in the order in which it comes; windows when their time is over. */
    Map<String, List<Long>> interpret(List<In> events) {
        List<Map<String, Long>> states = new ArrayList<>();
        List<Map<String, TreeMap<Long, Long>>> windows = new ArrayList<>();
        for (Verb _ : verbs) {
            states.add(new HashMap<>());
            windows.add(new TreeMap<>());
        }
        Map<String, List<Long>> out = new TreeMap<>();
        Interpreter interpreter = new Interpreter(states, windows, out);
        for (In in : events) {
            interpreter.step(0, in.key(), in.value(), in.second());
        }
        for (int i = 0; i < verbs.size(); i++) {
            int step = i;
            windows.get(i)
                    .forEach((key, open) -> open.forEach(
                            (from, count) -> interpreter.step(step + 1, key, from * 1_000 + count, from + 59)));
            windows.get(i).clear();
        }
        return out;
    }

    private final class Interpreter {
        private final List<Map<String, Long>> states;
        private final List<Map<String, TreeMap<Long, Long>>> windows;
        private final Map<String, List<Long>> out;

        Interpreter(
                List<Map<String, Long>> states,
                List<Map<String, TreeMap<Long, Long>>> windows,
                Map<String, List<Long>> out) {
            this.states = states;
            this.windows = windows;
            this.out = out;
        }

        void step(int i, String key, long value, long second) {
            if (i == verbs.size()) {
                out.computeIfAbsent(key, _ -> new ArrayList<>()).add(value);
                return;
            }
            Consumer<Long> next = result -> step(i + 1, key, result, second);
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
                case KEY_BY_NAME -> next.accept(value);
                case KEY_BY_REST -> step(i + 1, "rest-" + value % 4, value, second);
                case COUNT -> next.accept(states.get(i).merge(key, 1L, Long::sum));
                case SUM -> next.accept(states.get(i).merge(key, value, Long::sum));
                case MAX -> next.accept(states.get(i).merge(key, value, Math::max));
                case WINDOW_COUNT ->
                    windows.get(i).computeIfAbsent(key, _ -> new TreeMap<>()).merge(second / 60 * 60, 1L, Long::sum);
            }
        }
    }

    @Override
    public String toString() {
        return verbs.toString();
    }
}
