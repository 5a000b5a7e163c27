package dev.weir.local.kinesis;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Random programs that two implementations must answer alike. Program number i has the seed plus i, so one that fails can be run alone:
 * {@code -Dweir.seed=S -Dweir.programs=1}. A program that shows a difference is cut down to the fewest calls that still show one.
 *
 * @param generate a program from a seeded source
 * @param compare runs a program from an empty store on both; empty if all answers were alike
 */
public record Programs<C>(
        Function<SplittableRandom, List<C>> generate, Function<List<C>, Optional<Difference>> compare) {

    private static final String COUNT_PROPERTY = "weir.programs";
    private static final String SEED_PROPERTY = "weir.seed";
    private static final int SHRINK_RUNS_MAX = 400;

    /** The first call that was answered differently, by its place in the program. */
    public record Difference(int call, String ours, String theirs) {}

    /**
     * Runs as many programs as the system properties say.
     *
     * @return how many
     */
    public int run(int count, long seed) {
        int programs = Integer.getInteger(COUNT_PROPERTY, count);
        long first = Long.getLong(SEED_PROPERTY, seed);
        for (long at = first; at < first + programs; at++) {
            List<C> program = generate.apply(new SplittableRandom(at));
            if (differ(program).isPresent()) {
                throw new AssertionError(report(at, program.size(), shrink(program)));
            }
        }
        return programs;
    }

    /** Leaves out runs of calls, half of the program first and single calls last, as long as what is left shows a difference. */
    List<C> shrink(List<C> program) {
        List<C> kept = program;
        int runs = 0;
        for (int width = Math.max(1, kept.size() / 2); runs < SHRINK_RUNS_MAX; ) {
            boolean shorter = false;
            for (int from = 0; from < kept.size() && runs < SHRINK_RUNS_MAX; runs++) {
                List<C> without = new ArrayList<>(kept.subList(0, from));
                without.addAll(kept.subList(Math.min(kept.size(), from + width), kept.size()));
                if (differ(without).isPresent()) {
                    kept = without;
                    shorter = true;
                } else {
                    from += width;
                }
            }
            if (width == 1 && !shorter) {
                return kept;
            }
            width = Math.max(1, width / 2);
        }
        return kept;
    }

    /** What a side throws that is no answer is a difference too, so that it is reported with its seed. */
    private Optional<Difference> differ(List<C> program) {
        try {
            return compare.apply(program);
        } catch (RuntimeException thrown) {
            return Optional.of(new Difference(program.size() - 1, "thrown by one of the sides: " + thrown, "see ours"));
        }
    }

    private String report(long seed, int calls, List<C> shrunk) {
        // Run once more: the answers to show are those of the short program.
        Optional<Difference> found = differ(shrunk);
        String last = found.map(at -> "\nours:   " + at.ours() + "\ntheirs: " + at.theirs())
                .orElse("\nwhich did not show again when the short program was run once more");
        int shown = found.map(at -> at.call() + 1).orElse(shrunk.size());
        String text = IntStream.range(0, Math.min(shown, shrunk.size()))
                .mapToObj(i -> "  " + i + ": " + shrunk.get(i))
                .collect(Collectors.joining("\n"));
        return "the answers differ: -D" + SEED_PROPERTY + "=" + seed + " -D" + COUNT_PROPERTY + "=1 calls=" + calls
                + ", cut to:\n" + text + last;
    }
}
