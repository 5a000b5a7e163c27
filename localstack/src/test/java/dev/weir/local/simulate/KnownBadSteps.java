package dev.weir.local.simulate;

import static dev.weir.local.simulate.KnownBadBuilds.FLOW;
import static dev.weir.local.simulate.KnownBadBuilds.LOW_BOUNDS;

import java.util.List;
import java.util.stream.Stream;

/** Known bad builds of the steps before the commit. */
final class KnownBadSteps {
    private static final String SHARD_MAP = FLOW + "ShardMap.java";
    private static final String LANE_RUN = FLOW + "LaneRun.java";
    private static final String EVENT_RUN = FLOW + "EventRun.java";
    private static final String POSITIONS = FLOW + "Positions.java";
    private static final String SLOTS = FLOW + "Slots.java";
    private static final String TRANSFORM = FLOW + "Transform.java";

    private KnownBadSteps() {}

    static List<KnownBadBuild> all() {
        return Stream.of(decode(), dedupe(), reorder(), transform())
                .flatMap(List::stream)
                .toList();
    }

    private static List<KnownBadBuild> decode() {
        return List.of(
                build("10-decode", "what is no event is dropped, not parked", "nothing lost")
                        .with(EVENT_RUN, "park(parcel, index, Step.DECODE, bad.refusal().reason());", "bad != null;"),
                build("10-decode", "a lane that ancestors sent on to is opened", "in order")
                        .facing("reshard=0.2")
                        .with(SHARD_MAP, ".contains(lane);", ".contains(-1);"),
                build("10-decode", "what came into another lane is applied there", "in order")
                        .with(
                                EVENT_RUN,
                                "return lane.id instanceof LaneId.Slice && lane.slots.owns(key);",
                                "return true;"));
    }

    private static List<KnownBadBuild> dedupe() {
        return List.of(
                build("20-dedupe", "no look at the shard's position", "exactly once")
                        .with(LANE_RUN, "done = lane.positions.redelivered(parcel);", "done = 0;"),
                build("20-dedupe", "only the last shard's position is kept", "exactly once")
                        .with(POSITIONS, "byShard.put(shardId,", "byShard.clear();\n        byShard.put(shardId,"),
                build("20-dedupe", "a record of which a part is done counts as done", "nothing lost")
                        .with(LOW_BOUNDS)
                        .with(POSITIONS, "order == 0 ? events : 0", "order == 0 ? Integer.MAX_VALUE : 0"),
                build("20-dedupe", "a record of which a part is done counts as not done", "exactly once")
                        .with(LOW_BOUNDS)
                        .with(POSITIONS, "order == 0 ? events : 0", "0"),
                build("20-dedupe", "no look at the producer's mark", "exactly once")
                        .with(LANE_RUN, "case SEEN -> dropRetried();", "case SEEN -> walk(parcel, done, true);"),
                build("20-dedupe", "ids are not looked up", "exactly once")
                        .with(EVENT_RUN, "id != null && lane.ids.contains(id)", "id != null && fact == null"),
                build("20-dedupe", "ids are forgotten at once, not at the horizon", "exactly once")
                        .with(
                                FLOW + "IdWindow.java",
                                "commits.getFirst().expiresMillis <= nowMillis",
                                "nowMillis > 0"));
    }

    private static List<KnownBadBuild> reorder() {
        return List.of(
                build("30-reorder", "what is early by its producer's number is applied", "in order")
                        .with(
                                LANE_RUN,
                                "case EARLY -> hold(scope, parcel);",
                                "case EARLY -> walk(parcel, done, true);"),
                build("30-reorder", "what is early by its sequence is applied", "in order")
                        .with(
                                EVENT_RUN,
                                "case EARLY -> holdByKey(new Scope.OfKey(fact.key()), number.getAsLong(), parcel, index);",
                                "case EARLY -> takeInTurn(parcel, index, fact, slot,"
                                        + " slot.sequence.advancedTo(number.getAsLong() + 1));"),
                build("30-reorder", "a held record is applied whole though its beginning was seen", "exactly once")
                        .facing("record-late=0.03,record-twice=0.15")
                        .with(LANE_RUN, "(int) Math.min(next - ready.get().number, ready.get().count())", "0"),
                build("30-reorder", "gaps are passed at once", "in order")
                        .with(
                                LANE_RUN,
                                "return time.epochMillis() - entry.sinceMillis >= deadline;",
                                "return entry.sinceMillis + deadline > 0;"),
                build("30-reorder", "what comes late is dropped, not parked", "nothing lost")
                        .with(LANE_RUN, "case LATE -> takeLate(parcel, scope);", "case LATE -> dropRetried();"),
                build("30-reorder", "what comes late is applied", "in order")
                        .with(
                                LANE_RUN,
                                "case LATE -> takeLate(parcel, scope);",
                                "case LATE -> walk(parcel, done, true);"));
    }

    private static List<KnownBadBuild> transform() {
        return List.of(
                build("40-transform", "state of an event that is taken back stays", "money")
                        .with(LOW_BOUNDS)
                        .with(
                                TRANSFORM,
                                "void undo() {\n        lane.slots.undo();",
                                "void undo() {\n        lane.slots.accept();"),
                build("40-transform", "the result of an event that is taken back stays", "exactly once")
                        .with(LOW_BOUNDS)
                        .with(TRANSFORM, "lane.slots.undo();\n        lane.draft.undoResult();", "lane.slots.undo();"),
                build("40-transform", "a credit to another lane is not taken back", "money")
                        .with(LOW_BOUNDS)
                        .with(SLOTS, "undo.additions.put(undo.key, undo.value);", ""),
                build("40-transform", "of two credits to one account the last one counts", "money")
                        .with(
                                SLOTS,
                                "V after = before == null ? value : table.merge().apply(before, value);",
                                "V after = value;"));
    }

    private static KnownBadBuild build(String step, String name, String guarantee) {
        return KnownBadBuild.of(step, name, guarantee);
    }
}
