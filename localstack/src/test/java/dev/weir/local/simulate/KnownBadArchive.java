package dev.weir.local.simulate;

import static dev.weir.local.simulate.KnownBadBuilds.BUS;
import static dev.weir.local.simulate.KnownBadBuilds.FLOW;

import java.util.List;

/** Known bad builds of the archive, and of reading across the seam. */
final class KnownBadArchive {
    private static final String ARCHIVER = BUS + "queue/Archiver.java";
    private static final String SEGMENT = BUS + "queue/Segment.java";

    private KnownBadArchive() {}

    static List<KnownBadBuild> all() {
        return List.of(
                build("readers go beyond the head", "a reader never misses an event")
                        .with(BUS + "queue/LookUp.java", "Eids.justAfter(segment.to())", "\"z0\""),
                build("the archive's end is moved before its chunk is there", "a reader never misses an event")
                        .with(
                                ARCHIVER,
                                "return write(queue, writes, file.last());",
                                "return write(queue, writes.subList(1, 3), file.last())\n"
                                        + "                && write(queue, writes.subList(0, 1), file.last());"),
                build("chunks are over their time before they are archived", "nothing lost")
                        .with(
                                FLOW + "PackOutputs.java",
                                "nowMillis / 1_000 + retention.toSeconds()",
                                "nowMillis / 1_000"),
                build("the archive points to an object that was perhaps not stored", "nothing lost")
                        .facing("object-lost-request=0.3,object-refused=0.3")
                        .with(
                                ARCHIVER,
                                "ObjectFile.put(objects, time, key, content);",
                                "Object _ = objects.put(key, content, ObjectStore.IfPresent.REPLACE);"),
                build("readers look for archived events in the queue", "nothing lost")
                        .with(
                                SEGMENT,
                                "if (head.archiveEnd().isPresent() && ",
                                "if (after.isEmpty() && head.archiveEnd().isPresent() && "),
                build("from the archive readers go on at the head", "nothing lost")
                        .with(
                                SEGMENT,
                                "head.archiveEnd().get(), head.archiveEnd()));",
                                "head.archiveEnd().get(), head.maxEid()));"));
    }

    private static KnownBadBuild build(String name, String guarantee) {
        return KnownBadBuild.of("archive", name, guarantee).in(Simulated.BUS);
    }
}
