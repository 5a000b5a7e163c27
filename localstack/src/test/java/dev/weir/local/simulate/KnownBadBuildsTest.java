package dev.weir.local.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The simulator finds what it claims to find: each known bad build is caught, the good one never. With {@code -Dweir.seeds=1000} each is played
 * with so many seeds, for the numbers; else until it is caught. With {@code -Dweir.step=pipeline} only those of that step are.
 */
class KnownBadBuildsTest {
    private static final Path ROOT = Path.of(System.getProperty("weir.root"));
    private static final int SEEDS_TO_CATCH_MAX = 400;
    private static final int SEEDS_OF_CONTROL = 15;
    private static final int SEEDS_ASKED_FOR = Integer.getInteger("weir.seeds", 0);
    private static final String STEP_ASKED_FOR = System.getProperty("weir.step", "");
    private static final int THREADS = 2;
    private static final Duration TIME_MAX = SEEDS_ASKED_FOR > 0 ? Duration.ofHours(12) : Duration.ofMinutes(20);

    /** What became of a build. */
    private record Row(KnownBadBuild build, int caught, int seeds, long first, String said) {
        @Override
        public String toString() {
            return "| " + build.step() + " | " + build.name() + (build.faults().isEmpty() ? "" : "; " + build.faults())
                    + " | " + build.guarantee() + " | " + caught + " of " + seeds + " | " + (caught == 0 ? "-" : first)
                    + " | " + said + " |";
        }
    }

    @Test
    void everyKnownBadBuildIsCaughtAndTheGoodOneIsNot() throws Exception {
        List<Row> controls = new ArrayList<>();
        List<Row> bad = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(
                THREADS, Thread.ofPlatform().daemon().factory())) {
            List<KnownBadBuild> asked = KnownBadBuilds.all().stream()
                    .filter(build -> build.step().startsWith(STEP_ASKED_FOR))
                    .toList();
            Set<Simulated> scenarios =
                    asked.stream().map(KnownBadBuild::scenario).collect(Collectors.toSet());
            List<Callable<Row>> plays = Stream.concat(
                            KnownBadBuilds.controls().stream()
                                    .filter(build -> scenarios.contains(build.scenario()))
                                    .map(build -> play(build, SEEDS_OF_CONTROL, false)),
                            asked.stream().map(build -> play(build, SEEDS_TO_CATCH_MAX, true)))
                    .toList();
            for (Future<Row> each : threads.invokeAll(plays, TIME_MAX.toSeconds(), TimeUnit.SECONDS)) {
                Row row = each.get(); // throws what stopped it: not compiled, not fitting, not done in time
                (row.build.step().equals(KnownBadBuilds.CONTROL) ? controls : bad).add(row);
            }
        }
        System.out.println(
                "| step | without | breaks | caught in | first seed | the auditor said |\n|---|---|---|---|---|---|");
        Stream.of(controls, bad).flatMap(List::stream).forEach(System.out::println);

        assertThat(controls).as("good builds").allMatch(row -> row.caught == 0);
        assertThat(bad).as("known bad builds").allMatch(row -> row.caught > 0);
    }

    private static Callable<Row> play(KnownBadBuild build, int seedsMax, boolean endsWhenCaught) {
        return () -> {
            Method violation = MutatedClasses.of(build, ROOT)
                    .loadClass(SeedRun.class.getName())
                    .getMethod("violation", String.class, long.class, String.class);
            int seeds = SEEDS_ASKED_FOR > 0 ? SEEDS_ASKED_FOR : seedsMax;
            Row row = new Row(build, 0, 0, 0, "");
            while (row.seeds < seeds && !(endsWhenCaught && SEEDS_ASKED_FOR == 0 && row.caught > 0)) {
                row = next(row, violation(violation, row.seeds, build));
            }
            return row;
        };
    }

    private static Row next(Row row, String violation) {
        if (violation.isEmpty()) {
            return new Row(row.build, row.caught, row.seeds + 1, row.first, row.said);
        }
        boolean isFirst = row.caught == 0;
        return new Row(
                row.build,
                row.caught + 1,
                row.seeds + 1,
                isFirst ? row.seeds : row.first,
                isFirst ? brief(violation) : row.said);
    }

    private static String violation(Method method, long seed, KnownBadBuild build) throws IllegalAccessException {
        try {
            return (String) method.invoke(null, build.scenario().name(), seed, build.faults());
        } catch (InvocationTargetException e) {
            throw new AssertionError(
                    "the simulation itself failed: build=" + build.name() + " seed=" + seed, e.getCause());
        }
    }

    /** Without the exception's class and the values. */
    private static String brief(String violation) {
        String[] parts = violation.split(": ");
        return parts.length > 1 ? parts[1] : violation;
    }
}
