package dev.weir.fuzz;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Tests whose methods marked {@link Fuzz} are run, in every build, over their seeds and some mutations of these. */
public interface FuzzTests {

    /** Mutations of a target in a build, unless {@code -Dweir.fuzz.mutations} says otherwise. */
    int MUTATIONS_DEFAULT = 4_000;

    @TestFactory
    default Stream<DynamicTest> holdsForSeedsAndMutationsOfThem() {
        long seed = Long.getLong("weir.fuzz.seed", 1);
        int mutations = Integer.getInteger("weir.fuzz.mutations", MUTATIONS_DEFAULT);
        return FuzzTarget.in(getClass()).stream().flatMap(target -> {
            List<byte[]> seeds = target.seeds();
            return Stream.of(
                    DynamicTest.dynamicTest(target.method() + " seeds", () -> seeds.forEach(target::run)),
                    DynamicTest.dynamicTest(
                            target.method() + " mutations", () -> new Mutations(seeds, seed).run(target, mutations)));
        });
    }
}
