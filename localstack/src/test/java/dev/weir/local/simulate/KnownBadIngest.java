package dev.weir.local.simulate;

import static dev.weir.local.simulate.KnownBadBuilds.FLOW;
import static dev.weir.local.simulate.KnownBadBuilds.LOW_BOUNDS;

import java.util.List;
import java.util.stream.Stream;

/** Known bad builds of the way into queues that many lanes write. */
final class KnownBadIngest {
    private static final String HEADS = FLOW + "Heads.java";
    private static final String PACK_OUTPUTS = FLOW + "PackOutputs.java";
    private static final String EVENT_RUN = FLOW + "EventRun.java";
    private static final String MARKS_SAVED = ".with(\"marks\", lane.marks.toAttribute())";

    private KnownBadIngest() {}

    static List<KnownBadBuild> all() {
        return Stream.of(heads(), contents()).flatMap(List::stream).toList();
    }

    private static List<KnownBadBuild> heads() {
        return List.of(
                build("no condition on a head that others write too", "a reader never misses an event")
                        .with(
                                HEADS,
                                "new Condition.AbsentOrBelow(\"max_eid\", Attribute.of(first.toString()))",
                                "Condition.ALWAYS"),
                build("after a head moved the lane takes itself for fenced, and its events for done", "nothing lost")
                        .with(
                                FLOW + "Committer.java",
                                "if (!contention.resolve(lane, keys)) {\n                        return CommitOutcome.FENCED;",
                                "if (contention.resolve(lane, keys)) {\n                        return CommitOutcome.COMMITTED;"),
                build("ids are not drawn above the head", "in order")
                        .with(
                                FLOW + "Ids.java",
                                "isFirstRun && isNew ? start : last.nextRun(nowMillis, count)",
                                "isFirstRun ? new Eid(nowMillis, 0) : last.nextRun(nowMillis, count)")
                        .with(
                                HEADS,
                                "new Condition.AbsentOrBelow(\"max_eid\", Attribute.of(first.toString()))",
                                "Condition.ALWAYS"));
    }

    private static List<KnownBadBuild> contents() {
        return List.of(
                build("write checkpoints are not in the commit", "operators see what is true")
                        .with(
                                FLOW + "WriteCheckpoints.java",
                                "rows.values().forEach(row -> writes.add(row.build()));",
                                ""),
                build("marks of producers are not in the commit", "exactly once")
                        .with(
                                FLOW + "Pack.java",
                                MARKS_SAVED,
                                ".with(\"marks\", Attribute.of(Map.<String, Attribute>of()))"),
                build("what is no line for a queue is dropped, not parked", "nothing lost")
                        .with(
                                EVENT_RUN,
                                "park(parcel, index, Step.DECODE, bad.refusal().reason());",
                                "!bad.refusal().reason().isEmpty();"),
                build("what did not fit into a commit stays in it, and is in the next one too", "exactly once")
                        .with(LOW_BOUNDS)
                        .with(FLOW + "Draft.java", "outputs.undo();", ""),
                build("of lines that were cut into two chunks the second one is not written", "nothing lost")
                        .with(LOW_BOUNDS)
                        .with(PACK_OUTPUTS, "pieces.cut(Limits.SHARED_CHUNK_BYTES)", "pieces.cut(200).subList(0, 1)"));
    }

    private static KnownBadBuild build(String name, String guarantee) {
        return KnownBadBuild.of("ingest", name, guarantee).in(Simulated.INGEST);
    }
}
