package dev.weir.local.simulate;

import static dev.weir.local.simulate.KnownBadBuilds.BUS;

import java.util.List;
import java.util.stream.Stream;

/** Known bad builds of what wakes bots and runs them one at a time. */
final class KnownBadTrigger {
    private static final String WAKER = BUS + "cron/Waker.java";
    private static final String DECIDE = BUS + "cron/Decide.java";
    private static final String LOCKER = BUS + "cron/Locker.java";
    private static final String NOT_BEHIND = "if (!Reading.isBehind(row)) {";
    private static final String ALWAYS = "if (row != null) {";

    private KnownBadTrigger() {}

    static List<KnownBadBuild> all() {
        return Stream.of(waking(), running()).flatMap(List::stream).toList();
    }

    private static List<KnownBadBuild> waking() {
        return List.of(
                build("trigger", "a change that never came is not made good by the schedule", "nothing lost")
                        .facing("changes-lost=0.5,bot-forced=0,bot-set-back=0,bot-paused=0")
                        .with(WAKER, "return wake(all, newest);", "return wake(all, Map.of());"),
                build("trigger", "sub-queues of lanes wake nobody", "nothing lost")
                        .with(WAKER, "lanes > 1 && lane < lanes", "lanes > 1 && lane < 0"),
                build(
                                "trigger",
                                "what wakes a bot is noted but not marked, and being behind alone runs nobody",
                                "nothing lost")
                        .with(WAKER, "Stream.of(Mark.wake(row, time.epochMillis()))", "Stream.<Edit>of()")
                        .with(DECIDE, NOT_BEHIND, ALWAYS),
                build("trigger", "marks are the time alone, and being behind alone runs nobody", "nothing lost")
                        .facing("clock-skew=0.9")
                        .with(
                                BUS + "cron/Mark.java",
                                "return Math.max(nowMillis, Math.max(row.trigger().orElse(0), row.token().orElse(0)) + 1);",
                                "return nowMillis;")
                        .with(DECIDE, NOT_BEHIND, ALWAYS),
                build(
                                "trigger",
                                "a bot is locked whatever happened since its row was read, and being behind alone runs nobody",
                                "nothing lost")
                        .facing("frozen=0.3")
                        .with(
                                LOCKER,
                                "new ArrayList<>(Mark.unchanged(row));\n        conditions.add(Mark.unchanged(row, Paths.PAUSED));",
                                "new ArrayList<>();\n        conditions.add(Mark.unchanged(row, Paths.PAUSED));")
                        .with(DECIDE, NOT_BEHIND, ALWAYS));
    }

    private static List<KnownBadBuild> running() {
        return List.of(
                build(
                                "cron",
                                "a run that was killed is not followed by another, and being behind alone runs nobody",
                                "nothing lost")
                        .facing("killed-after=0.02,bot-forced=0,bot-set-back=0")
                        .with(
                                DECIDE,
                                "} else if (last.isPresent() && last.get().isOverdue(nowMillis)) {",
                                "} else if (last.isPresent() && last.get().isOverdue(0)) {")
                        .with(DECIDE, NOT_BEHIND, ALWAYS),
                build("cron", "a run that failed is not followed by another", "nothing lost")
                        .with(
                                DECIDE,
                                "} else if (last.isPresent() && last.get().failed()) {",
                                "} else if (last.isPresent() && last.get().idleRuns() < 0) {"),
                build("cron", "a paused bot is not run when it is resumed", "nothing lost")
                        .facing("bot-paused=0.3")
                        .with(
                                BUS + "cron/Controls.java",
                                "new Edit.Set(Paths.PAUSED, Attribute.of(false))",
                                "new Edit.Set(Paths.PAUSED, Attribute.of(true))"));
    }

    private static KnownBadBuild build(String step, String name, String guarantee) {
        return KnownBadBuild.of(step, name, guarantee).in(Simulated.BUS);
    }
}
