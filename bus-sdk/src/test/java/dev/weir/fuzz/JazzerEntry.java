package dev.weir.fuzz;

/** What Jazzer calls: the target that {@code -Dweir.fuzz.target} names. */
public final class JazzerEntry {

    private static final FuzzTarget TARGET = FuzzTarget.named(System.getProperty("weir.fuzz.target", "none#none"));

    private JazzerEntry() {}

    /** Runs the seeds once, so that loading classes is not taken for the time of an input. */
    public static void fuzzerInitialize() {
        TARGET.seeds().forEach(TARGET::run);
    }

    /** One input. */
    public static void fuzzerTestOneInput(byte[] input) {
        TARGET.run(input);
    }
}
