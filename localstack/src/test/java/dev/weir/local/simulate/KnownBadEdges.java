package dev.weir.local.simulate;

import static dev.weir.local.simulate.KnownBadBuilds.FLOW;
import static dev.weir.local.simulate.KnownBadBuilds.MAPPING;
import static dev.weir.local.simulate.KnownBadBuilds.SIMULATOR;
import static dev.weir.local.simulate.KnownBadBuilds.WIRE;
import static dev.weir.local.simulate.KnownBadBuilds.WRITER;

import java.util.List;
import java.util.stream.Stream;

/** Known bad builds of what is around a bot: the function and its answer, the writer, the event source mapping. */
final class KnownBadEdges {
    private static final String SHARD_POLLER = MAPPING + "ShardPoller.java";

    private KnownBadEdges() {}

    static List<KnownBadBuild> all() {
        return Stream.of(function(), writer(), mapping()).flatMap(List::stream).toList();
    }

    private static List<KnownBadBuild> function() {
        return List.of(
                build("function", "the incarnation is drawn before the snapshot", "nothing lost")
                        .facing("frozen=0.3,cold-start=0.3,snapshot=0.95,second-poller=0.1")
                        .with(
                                SIMULATOR + "BotFunction.java",
                                "private @Nullable Spine<T, V, R> spine;",
                                "private final String drawn = incarnations.get();\n"
                                        + "            private @Nullable Spine<T, V, R> spine;")
                        .with(
                                SIMULATOR + "BotFunction.java",
                                "Runnable::run, incarnations.get(), version);",
                                "Runnable::run, drawn, version);"),
                build("wire", "a batch is always answered as done", "nothing lost")
                        .with(
                                WIRE + "BatchAnswer.java",
                                "firstFailed.ifPresent(number -> {",
                                "firstFailed.filter(number -> number == null).ifPresent(number -> {"),
                build("wire", "the answer names the last failed record, not the first", "nothing lost")
                        .with(
                                FLOW + "Spine.java",
                                "undone.stream().map(Parcel.Origin::sequenceNumber).min(",
                                "undone.stream().map(Parcel.Origin::sequenceNumber).max("),
                build("wire", "the answer names the record after the first failed one", "nothing lost")
                        .with(
                                FLOW + "LaneRun.java",
                                "parcels.subList(committed, parcels.size())",
                                "parcels.subList(Math.min(committed + 1, parcels.size() - 1), parcels.size())"));
    }

    private static List<KnownBadBuild> writer() {
        return List.of(
                build("writer", "a refused record is taken for accepted", "nothing lost")
                        .with(
                                WRITER + "Batcher.java",
                                "case PutOutcome.Refused(String reason) -> reject(claim, \"refused: \" + reason, nowMillis);",
                                "case PutOutcome.Refused _ -> accept(claim);"),
                build("writer", "a record without an answer is taken for accepted", "nothing lost")
                        .with(
                                WRITER + "Batcher.java",
                                "case PutOutcome.Unknown(String reason) -> reject(claim, \"no answer: \" + reason, nowMillis);",
                                "case PutOutcome.Unknown _ -> accept(claim);"),
                build("writer", "numbers begin again while a record is tried again", "nothing lost")
                        .with(
                                WRITER + "LaneBuffer.java",
                                "open = new RawChunk(next);",
                                "open = new RawChunk(tries > 0 ? start : next);"));
    }

    private static List<KnownBadBuild> mapping() {
        return List.of(
                build("mapping", "children are read before their parents are done", "in order")
                        .facing("reshard=0.2")
                        .with(
                                MAPPING + "Lineage.java",
                                ".filter(shard -> shard.parents().stream().allMatch(done))",
                                ""),
                build("mapping", "a batch that failed is taken for done", "nothing lost")
                        .with(
                                SHARD_POLLER,
                                "public Outcome failed(long nowMillis) {\n        return fail(takeRunning(), nowMillis);",
                                "public Outcome failed(long nowMillis) {\n        return finish(takeRunning());"),
                build("mapping", "of a batch that is split the second half goes first", "nothing lost")
                        .with(
                                SHARD_POLLER,
                                "tryAgain(batch.tail(half), nowMillis);\n            tryAgain(batch.head(half), nowMillis);",
                                "tryAgain(batch.head(half), nowMillis);\n            tryAgain(batch.tail(half), nowMillis);"),
                build("mapping", "after a part was done the record that failed is skipped", "nothing lost")
                        .with(
                                SHARD_POLLER,
                                "Batch rest = batch.tail(failedFrom);",
                                "Batch rest = batch.tail(Math.min(failedFrom + 1, batch.size() - 1));"));
    }

    private static KnownBadBuild build(String step, String name, String guarantee) {
        return KnownBadBuild.of(step, name, guarantee);
    }
}
