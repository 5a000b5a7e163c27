package dev.weir.local.simulate;

import static dev.weir.local.simulate.KnownBadBuilds.BUS;
import static dev.weir.local.simulate.KnownBadBuilds.FLOW;

import java.util.List;
import java.util.stream.Stream;

/** Known bad builds of bots on queues, of their fan-out, and of what operators do to them. */
final class KnownBadBots {
    private static final String QUEUE_RUN = BUS + "bot/QueueRun.java";
    private static final String READ_CHECKPOINTS = BUS + "bot/ReadCheckpoints.java";
    private static final String QUEUE_DECODE = FLOW + "QueueDecode.java";
    private static final String SPINE = FLOW + "Spine.java";

    private KnownBadBots() {}

    static List<KnownBadBuild> all() {
        return Stream.of(commits(), fanOut(), passes()).flatMap(List::stream).toList();
    }

    private static List<KnownBadBuild> commits() {
        return List.of(
                build("positions in queues are not in the commit", "exactly once")
                        .with(
                                FLOW + "Positions.java",
                                "byShard.put(shard.reference(), new Position(last, 1, shard.pass()));",
                                ""),
                build("what a lane did not commit is taken for read", "nothing lost")
                        .with(
                                QUEUE_RUN,
                                "|| (first != null && !isBelow(each.entry().eid(), first))",
                                "|| (first != null && each.entry().eid().isEmpty())"),
                build("what lanes sent to each other is deleted before it is committed", "nothing lost")
                        .with(
                                SPINE,
                                "batch.runLanes(decode.take());\n        if (batch.stopped.contains(lane)) {",
                                "items.deleteAll(waiting.keys());\n        batch.runLanes(decode.take());\n"
                                        + "        if (batch.stopped.contains(lane)) {"),
                build("what lanes sent to each other is not taken at the end of a run", "nothing lost")
                        .with(
                                QUEUE_RUN,
                                "if (!spine.hasInbox()) {\n                return new RunOutcome.Done(entries);",
                                "if (entries >= 0) {\n                return new RunOutcome.Done(entries);")
                        .with(QUEUE_RUN, "if (!spine.takeInbox(own, deadlineMillis)) {", "if (own.instances() < 1) {"));
    }

    private static List<KnownBadBuild> fanOut() {
        return List.of(
                build("an event is taken by any copy, not by that of its key's lane", "in order")
                        .with(
                                QUEUE_DECODE,
                                "if (!own.test(to)) {",
                                "if (!own.test(Math.floorMod(entry.eid().hashCode(), lanes.count()))) {"),
                build("the row is moved as far as one copy is, not to the lowest of all lanes", "nothing lost")
                        .with(READ_CHECKPOINTS, "lowest(queue, _ -> true)", "lowest(queue, own)"),
                build("copies do not tell each other how far they are", "nothing lost")
                        .with(READ_CHECKPOINTS, "marks.store();", ""),
                build("a copy without a lock leaves something to another and does not say so", "nothing lost")
                        .with(QUEUE_RUN, "runs.wake(graph.name());", ""),
                build("the first copy does not start the others", "nothing lost")
                        .with(BUS + "bot/QueueBot.java", "lock.ifPresent(_ -> startOthers(invocation));", ""));
    }

    private static List<KnownBadBuild> passes() {
        return List.of(
                build("a checkpoint that was set back begins no new pass", "a replay is a replay")
                        .with(READ_CHECKPOINTS, "before.pass + 1 : before.pass", "before.pass : before.pass"),
                build("a checkpoint that was set is overwritten by the run that reads", "a replay is a replay")
                        .facing("frozen=0.4,bot-set-back=0.2")
                        .with(
                                BUS + "cron/CronWrite.java",
                                "conditions.add(expected.map(Attribute::of)",
                                "Object _ = (expected.map(Attribute::of)"),
                build("events of an earlier pass count as new", "exactly once")
                        .facing("frozen=0.4,bot-set-back=0.2")
                        .with(
                                FLOW + "Positions.java",
                                "position.pass > shard.pass() ? Integer.MAX_VALUE : 0",
                                "position.pass > shard.pass() ? 0 : 0"));
    }

    private static KnownBadBuild build(String name, String guarantee) {
        return KnownBadBuild.of("queue bot", name, guarantee).in(Simulated.BUS);
    }
}
