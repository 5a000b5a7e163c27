package dev.weir.local.simulate;

import dev.weir.local.simulate.KnownBadBuild.Edit;
import java.util.List;
import java.util.stream.Stream;

/** The known bad builds, in the order of an event's way, and what they share. */
final class KnownBadBuilds {
    static final String BUS = "bus-sdk/src/main/java/dev/weir/";
    static final String FLOW = BUS + "flow/";
    static final String WRITER = BUS + "writer/";
    static final String WIRE = BUS + "wire/";
    static final String PIPELINE = BUS + "pipeline/";
    static final String MAPPING = "localstack/simulator/src/main/java/dev/weir/local/mapping/";
    static final String SIMULATOR = "localstack/simulator/src/main/java/dev/weir/local/simulator/";

    /**
     * Bounds so low that a small run meets them: commits are cut in the middle of records and of releases, and rows are brought up to
     * date. Not a fault: a build with these alone must be sound.
     */
    static final List<Edit> LOW_BOUNDS = List.of(
            new Edit(FLOW + "Lane.java", "Limits.COMMIT_BYTES_MAX", "3_000"),
            new Edit(FLOW + "Lane.java", "Limits.COMMIT_PARKED_MAX", "2"),
            new Edit(FLOW + "Fold.java", "Limits.FOLD_COMMITS", "6"),
            new Edit(FLOW + "Fold.java", "Limits.FOLD_ROWS", "2"));

    /** Keys leave the memory of a copy soon. */
    static final List<Edit> FEW_KEYS = List.of(
            new Edit(FLOW + "Slots.java", "if (slots.size() <= Limits.SLOTS_MAX) {", "if (slots.size() <= 4) {"),
            new Edit(FLOW + "Slots.java", "Limits.SLOTS_MAX * 3 / 4", "3"),
            new Edit(FLOW + "Fold.java", "Limits.FOLD_COMMITS", "6"));

    /** The same with low bounds. */
    static final List<Edit> LOW_MEMORY =
            Stream.of(LOW_BOUNDS, FEW_KEYS.subList(0, 2)).flatMap(List::stream).toList();

    /** Runs of bots on queues take many pages, so that they end and are killed between them. Not a fault either. */
    static final List<Edit> SHORT_PAGES =
            List.of(new Edit(BUS + "bot/QueueRun.java", "PAGE_ENTRIES_MAX = 5_000;", "PAGE_ENTRIES_MAX = 7;"));

    /** The step of builds that are good. */
    static final String CONTROL = "control";

    private KnownBadBuilds() {}

    /** What must never be caught. */
    static List<KnownBadBuild> controls() {
        return List.of(
                KnownBadBuild.of(CONTROL, "nothing", "the build as it is"),
                KnownBadBuild.of(CONTROL, "nothing, with low bounds", "the build as it is")
                        .with(LOW_BOUNDS),
                KnownBadBuild.of(CONTROL, "nothing, with poison", "the build as it is")
                        .in(Simulated.POISON),
                KnownBadBuild.of(CONTROL, "nothing, with poison and low bounds", "the build as it is")
                        .in(Simulated.POISON)
                        .with(LOW_BOUNDS),
                KnownBadBuild.of(CONTROL, "nothing, with poison and low memory", "the build as it is")
                        .in(Simulated.POISON)
                        .with(LOW_MEMORY),
                KnownBadBuild.of(CONTROL, "nothing, in the ingest with low bounds", "the build as it is")
                        .in(Simulated.INGEST)
                        .with(LOW_BOUNDS),
                KnownBadBuild.of(CONTROL, "nothing, on the whole bus", "the build as it is")
                        .in(Simulated.BUS),
                KnownBadBuild.of(
                                CONTROL,
                                "nothing, on the whole bus with low bounds and short pages",
                                "the build as it is")
                        .in(Simulated.BUS)
                        .with(LOW_BOUNDS)
                        .with(SHORT_PAGES),
                KnownBadBuild.of(CONTROL, "nothing, of several steps with few keys in memory", "the build as it is")
                        .in(Simulated.PIPELINE)
                        .with(FEW_KEYS),
                KnownBadBuild.of(CONTROL, "nothing, of several steps in several versions", "the build as it is")
                        .in(Simulated.PIPELINE_VERSIONS),
                KnownBadBuild.of(CONTROL, "nothing, with versions that are alive at once", "the build as it is")
                        .in(Simulated.VERSIONS));
    }

    /** What must be caught. */
    static List<KnownBadBuild> all() {
        return Stream.of(
                        KnownBadSteps.all(),
                        KnownBadCommits.all(),
                        KnownBadEdges.all(),
                        KnownBadParking.all(),
                        KnownBadPutBack.all(),
                        KnownBadIngest.all(),
                        KnownBadBots.all(),
                        KnownBadTrigger.all(),
                        KnownBadArchive.all(),
                        KnownBadPipelines.all(),
                        KnownBadVersions.all())
                .flatMap(List::stream)
                .toList();
    }
}
