package dev.weir.pipeline;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * A random pipeline as a list of verbs, from which a {@link Pipeline} is made; a {@link PlainProgram} does the same.
 */
final class RandomPipeline {
    private static final Window WINDOW = Window.tumbling(Duration.ofSeconds(60)).waiting(Duration.ofMinutes(10));

    /** Values of a batch. */
    static final int BATCH = 3;

    /** Longer than any test runs, so that all of a key are joined. */
    private static final Duration WITHIN = Duration.ofHours(2);

    /** Of what travelled from such windows. */
    private static final Window LATER = WINDOW.waiting(Duration.ofMinutes(40));

    /** What comes in; values are positive, so that what is added up only rises. */
    record In(String key, long value, long second) {
        In plus(long more) {
            return new In(key, value + more, second);
        }

        String json() {
            return "{\"key\":\"" + key + "\",\"value\":" + value + ",\"second\":" + second + "}";
        }
    }

    record Out(String key, long value) {}

    enum Verb {
        ADD_ONE,
        DROP_THIRDS,
        REPEAT,
        BRANCH,
        MERGE,
        ENRICH,
        KEY_BY_NAME,
        KEY_BY_REST,
        COUNT,
        SUM,
        MAX,
        BATCH,
        JOIN_LATEST,
        JOIN_WITHIN,
        WINDOW_COUNT
    }

    private static final List<Verb> PLAIN =
            List.of(Verb.ADD_ONE, Verb.DROP_THIRDS, Verb.REPEAT, Verb.BRANCH, Verb.MERGE, Verb.ENRICH);
    private static final List<Verb> STATEFUL =
            List.of(Verb.COUNT, Verb.SUM, Verb.MAX, Verb.BATCH, Verb.JOIN_LATEST, Verb.JOIN_WITHIN, Verb.WINDOW_COUNT);

    /** Those of which how many come out, and the largest, does not depend on the order in which events of other lanes come. */
    private static final List<Verb> WITHOUT_ORDER =
            List.of(Verb.COUNT, Verb.SUM, Verb.MAX, Verb.BATCH, Verb.JOIN_WITHIN, Verb.WINDOW_COUNT);

    final List<Verb> verbs;

    private RandomPipeline(List<Verb> verbs) {
        this.verbs = verbs;
    }

    static RandomPipeline of(Random random) {
        List<Verb> verbs = new ArrayList<>();
        plain(random, verbs);
        verbs.add(Verb.KEY_BY_NAME);
        verbs.add(any(STATEFUL, random));
        plain(random, verbs);
        if (random.nextBoolean()) {
            verbs.add(another(STATEFUL, random, verbs));
            plain(random, verbs);
        }
        if (random.nextBoolean()) {
            verbs.add(Verb.KEY_BY_REST);
            verbs.add(another(
                    WITHOUT_ORDER,
                    random,
                    verbs)); // of two, what the first gives depends on an order that nobody promised
        }
        return new RandomPipeline(verbs);
    }

    private static void plain(Random random, List<Verb> verbs) {
        for (int i = random.nextInt(3); i > 0; i--) {
            verbs.add(any(PLAIN, random));
        }
    }

    private static Verb any(List<Verb> some, Random random) {
        return some.get(random.nextInt(some.size()));
    }

    /** One join of all with all is enough: of two there would be too many results. */
    private static Verb another(List<Verb> some, Random random, List<Verb> before) {
        Verb verb = any(some, random);
        return verb == Verb.JOIN_WITHIN && before.contains(verb) ? Verb.COUNT : verb;
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
            stage = plain(stage, verbs.get(i), verbs.get(i).name() + i);
            i++;
        }
        KeyedStage<Long> keyed =
                stage.keyBy("name", In::key, Codec.of(In.class)).map(In::value);
        for (i++; i < verbs.size(); i++) {
            keyed = keyed(keyed, i);
        }
        return Pipeline.of("random", keyed.mapWithKey(Out::new).to(To.queue("out", Codec.of(Out.class))));
    }

    private static Stage<In> plain(Stage<In> stage, Verb verb, String name) {
        return switch (verb) {
            case ADD_ONE -> stage.map(in -> in.plus(1));
            case DROP_THIRDS -> stage.filter(in -> in.value() % 3 != 0);
            case REPEAT -> stage.flatMap(in -> List.of(in, in.plus(5)));
            case BRANCH -> {
                Branches<Stage<In>> branches = stage.branch(in -> in.value() % 2 == 0);
                yield branches.matching()
                        .map(in -> in.plus(1))
                        .merge(branches.rest().map(in -> in.plus(2)));
            }
            case MERGE -> stage.map(in -> in.plus(1)).merge(stage.map(in -> in.plus(7)));
            case ENRICH ->
                stage.enrich(name, in -> in.value() % 5, RandomPipeline::tens, (in, ten) -> in.plus(ten.orElse(1L)));
            default -> throw new IllegalStateException("needs a key: verb=" + verb);
        };
    }

    private KeyedStage<Long> keyed(KeyedStage<Long> stage, int i) {
        String name = verbs.get(i).name() + i;
        boolean travelled = verbs.subList(0, i).contains(Verb.KEY_BY_REST);
        return switch (verbs.get(i)) {
            case ADD_ONE -> stage.map(value -> value + 1);
            case DROP_THIRDS -> stage.filter(value -> value % 3 != 0);
            case REPEAT -> stage.flatMap(value -> List.of(value, value + 5));
            case BRANCH -> {
                Branches<KeyedStage<Long>> branches = stage.branch(value -> value % 2 == 0);
                yield branches.matching()
                        .map(value -> value + 1)
                        .merge(branches.rest().map(value -> value + 2));
            }
            case MERGE -> stage.map(value -> value + 1).merge(stage.map(value -> value + 7));
            case ENRICH ->
                stage.enrich(name, value -> value % 5, RandomPipeline::tens, (value, ten) -> value + ten.orElse(1L));
            case KEY_BY_REST -> stage.keyBy(name, value -> "rest-" + value % 4, Codec.integer());
            case COUNT -> stage.count(name);
            case SUM -> stage.aggregate(name, Codec.integer(), 0L, Long::sum);
            case MAX -> stage.reduce(name, Codec.integer(), Math::max);
            case BATCH ->
                stage.batch(name, Batch.ofCount(BATCH), Codec.integer())
                        .map(batch -> travelled ? (long) batch.size() : sum(batch));
            case JOIN_LATEST -> {
                Branches<KeyedStage<Long>> branches = stage.branch(value -> value % 3 == 0);
                yield branches.rest()
                        .joinLatest(
                                name,
                                branches.matching(),
                                Codec.integer(),
                                (value, latest) -> value + latest.orElse(0L));
            }
            case JOIN_WITHIN -> {
                Branches<KeyedStage<Long>> branches = stage.branch(value -> value % 2 == 0);
                yield branches.matching()
                        .joinWithin(name, WITHIN, Codec.integer(), branches.rest(), Codec.integer(), Long::sum);
            }
            case WINDOW_COUNT ->
                stage.window(travelled ? LATER : WINDOW, Codec.integer())
                        .count(name)
                        .map(window -> window.fromMillis() / 1_000 * 1_000 + window.value());
            case KEY_BY_NAME -> throw new IllegalStateException("only once");
        };
    }

    /** What lookups find: nothing for four. */
    static Map<Long, Long> tens(Set<Long> rests) {
        Map<Long, Long> found = new HashMap<>();
        rests.stream().filter(rest -> rest < 4).forEach(rest -> found.put(rest, 10 * rest));
        return found;
    }

    static long sum(List<Long> values) {
        return values.stream().mapToLong(Long::longValue).sum();
    }

    @Override
    public String toString() {
        return verbs.toString();
    }
}
