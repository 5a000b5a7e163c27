package dev.weir.local.simulate;

import static dev.weir.local.simulate.KnownBadBuilds.FLOW;
import static dev.weir.local.simulate.KnownBadBuilds.LOW_BOUNDS;

import java.util.List;
import java.util.stream.Stream;

/** Known bad builds of what is stored, and of what leaves after that. */
final class KnownBadCommits {
    private static final String COMMIT = FLOW + "Commit.java";
    private static final String EMIT = FLOW + "Emit.java";
    private static final String FOLD = FLOW + "Fold.java";
    private static final String LANE_STORE = FLOW + "LaneStore.java";
    private static final String PACK = FLOW + "Pack.java";
    private static final String SPINE = FLOW + "Spine.java";

    private KnownBadCommits() {}

    static List<KnownBadBuild> all() {
        return Stream.of(conditions(), outcomes(), contents(), rows(), emit())
                .flatMap(List::stream)
                .toList();
    }

    private static List<KnownBadBuild> conditions() {
        String fence = "lane.fence == 0 ? Condition.ABSENT : new Condition.Equal(\"fence\", Attribute.of(lane.fence));";
        String head = "new Condition.AbsentOrBelow(\"max_eid\", Attribute.of(first.toString()))";
        String chunk = "queueChunk(physical, first, piece), Condition.ABSENT";
        String eid = "head == null ? new Eid(nowMillis, 0) : head.nextRun(nowMillis, outputs.size());";
        return List.of(
                build("50-commit", "no condition on the fence", "exactly once").with(PACK, fence, "Condition.ALWAYS;"),
                build("50-commit", "no condition on fence, head and chunk", "exactly once")
                        .with(PACK, fence, "Condition.ALWAYS;")
                        .with(PACK, head, "Condition.ALWAYS")
                        .with(PACK, chunk, "queueChunk(physical, first, piece), Condition.ALWAYS"),
                build(
                                "50-commit",
                                "ids from the clock alone, no condition on head and chunk",
                                "a reader never misses an event")
                        .with(PACK, eid, "new Eid(nowMillis, head == null ? 0 : 0);")
                        .with(PACK, head, "Condition.ALWAYS")
                        .with(PACK, chunk, "queueChunk(physical, first, piece), Condition.ALWAYS"));
    }

    private static List<KnownBadBuild> outcomes() {
        return List.of(
                build("50-commit", "one transaction cut in two", "exactly once")
                        .with(
                                COMMIT,
                                "items.transact(packed.writes())",
                                "packed.writes().size() > 1 && items.transact(packed.writes().subList(0, 1))"
                                        + " instanceof WriteOutcome.Written"
                                        + " ? items.transact(packed.writes().subList(1, packed.writes().size()))"
                                        + " : items.transact(packed.writes())"),
                build("50-commit", "a lost answer is taken for success", "nothing lost")
                        .with(
                                COMMIT,
                                "lookUp(packed, checkpoint, loadedFence) instanceof",
                                "new Found(CommitOutcome.COMMITTED) instanceof"),
                build("50-commit", "after a lost answer anybody's commit is taken for ours", "exactly once")
                        .with(
                                COMMIT,
                                "storedFence == loadedFence ? new NotYet() : new Found(CommitOutcome.FENCED)",
                                "new Found(CommitOutcome.COMMITTED)"),
                build("50-commit", "a failed condition is taken for success", "nothing lost")
                        .with(
                                COMMIT,
                                "return isOurs(items.get(checkpoint), packed) ? CommitOutcome.COMMITTED : CommitOutcome.FENCED;",
                                "return CommitOutcome.COMMITTED;"));
    }

    private static List<KnownBadBuild> contents() {
        return List.of(
                build("50-commit", "positions are not stored", "exactly once")
                        .with(
                                PACK,
                                ".with(\"positions\", lane.positions.toAttribute())",
                                ".with(\"positions\", Attribute.of(Map.<String, Attribute>of()))"),
                build("50-commit", "marks are not stored", "exactly once")
                        .with(
                                PACK,
                                ".with(\"marks\", lane.marks.toAttribute())",
                                ".with(\"marks\", Attribute.of(Map.<String, Attribute>of()))"),
                build("50-commit", "ids are not stored", "exactly once")
                        .with(PACK, "if (!lane.ids.fresh().isEmpty()) {", "if (lane.ids.fresh().size() < 0) {"),
                build("50-commit", "what is held is not stored", "nothing lost")
                        .with(
                                PACK,
                                "String segment = put(lane, SortKeys.HELD, fence, piece, writes);",
                                "String segment = SortKeys.item(SortKeys.HELD, fence, piece.from());"),
                build("50-commit", "the journal is not in the commit", "money")
                        .with(PACK, "put(lane, SortKeys.JOURNAL, fence, piece, writes);", ""),
                build("50-commit", "the outbox is not in the commit", "money")
                        .with(PACK, "outbox.forEach(item -> writes.add(new Write.Put(item, Condition.ALWAYS)));", ""),
                build("50-commit", "numbers of the outbox are not stored and begin again", "money")
                        .with(
                                PACK,
                                ".with(\"emitted\", Attribute.of(next))",
                                ".with(\"emitted\", Attribute.of(Map.<String, Attribute>of()))"));
    }

    private static List<KnownBadBuild> rows() {
        return List.of(
                build("store", "no condition on the version of a row", "money")
                        .with(LOW_BOUNDS)
                        .with(
                                FOLD,
                                "new Condition.AbsentOrBelow(\"version\", Attribute.of(slot.version))",
                                "Condition.ALWAYS"),
                build("store", "the journal is trimmed before all rows are written", "money")
                        .with(LOW_BOUNDS)
                        .with(FOLD, "2 * changed)) && lane.folding.isEmpty()) {", "2 * changed))) {"),
                build("store", "rows that were not written are taken for written", "money")
                        .with(LOW_BOUNDS)
                        .with(FOLD, "rest.add(rows.get(i));", "{}"),
                build("store", "rows are not read", "money")
                        .with(LOW_BOUNDS)
                        .with(LANE_STORE, "slots(id, false)", "slots(id, true)"));
    }

    private static List<KnownBadBuild> emit() {
        return List.of(
                build("60-emit", "an outbox that was left is not sent", "money")
                        .with(LANE_STORE, "lane.unsent.addAll(all(lane, SortKeys.OUTBOX));", ""),
                build("60-emit", "the outbox is forgotten before it is sent", "money")
                        .with(
                                EMIT,
                                "for (Item item : List.copyOf(lane.unsent)) {",
                                "items.deleteAll(lane.unsent.stream().map(Item::key).toList());\n"
                                        + "        for (Item item : List.copyOf(lane.unsent)) {"),
                build("60-emit", "what was refused is not sent again", "money")
                        .with(
                                EMIT,
                                "case PutOutcome.Refused _, PutOutcome.Unknown _ -> waiting.addFirst(request.get(i));",
                                "case PutOutcome.Refused _, PutOutcome.Unknown _ -> progress = true;"),
                build("60-emit", "what got no answer is not sent again", "money")
                        .with(
                                EMIT,
                                "case PutOutcome.Refused _, PutOutcome.Unknown _ -> waiting.addFirst(request.get(i));",
                                "case PutOutcome.Unknown _ -> progress = true;\n"
                                        + "case PutOutcome.Refused _ -> waiting.addFirst(request.get(i));"),
                build("60-emit", "a batch is done though its outbox is not sent", "nothing lost")
                        .with(
                                SPINE,
                                "if (stop == LaneRun.Stop.NONE && !emit.send(lane, deadlineMillis)) {",
                                "if (stop == null) {"));
    }

    private static KnownBadBuild build(String step, String name, String guarantee) {
        return KnownBadBuild.of(step, name, guarantee);
    }
}
