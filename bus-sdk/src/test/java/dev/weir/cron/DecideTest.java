package dev.weir.cron;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.cron.Decision.Nothing;
import dev.weir.cron.Decision.Run;
import dev.weir.cron.Decision.Wait;
import dev.weir.port.Attribute;
import dev.weir.port.Item;
import dev.weir.port.Key;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a row says about its bot, one row of the table for each case. */
class DecideTest {
    private static final long NOW = 1_000_000_000_000L;
    private static final String OLD = "z/2026/11/20/17/05/1795194307123-0000001";
    private static final String NEW = "z/2026/11/20/17/05/1795194307123-0000002";

    static Stream<Arguments> rows() {
        return Stream.of(
                // What has nothing to do.
                row(nothing(Nothing.Why.UP_TO_DATE)),
                row(nothing(Nothing.Why.NO_FUNCTION), "lambdaName", new Attribute.Null(), "trigger", n(5)),
                row(nothing(Nothing.Why.ARCHIVED), "archived", flag(true), "trigger", n(5)),
                row(nothing(Nothing.Why.PAUSED), "paused", flag(true), "trigger", n(5)),
                row(nothing(Nothing.Why.UP_TO_DATE), "trigger", n(5), "token", n(5)),
                row(nothing(Nothing.Why.BAD_SCHEDULE), "time", text("whenever")),
                // What was woken.
                row(run(Run.Why.WOKEN), "trigger", n(5)),
                row(run(Run.Why.WOKEN), "trigger", n(6), "token", n(5), "invokeTime", n(NOW + 1)),
                row(run(Run.Why.FORCED), "paused", flag(true), "ignorePaused", flag(true)),
                // What runs.
                row(wait(Wait.Why.RUNNING, NOW + 1), "trigger", n(5), "instances", began(NOW - 59_999)),
                row(wait(Wait.Why.RUNNING, NOW + 1), "ignorePaused", flag(true), "instances", began(NOW - 59_999)),
                row(wait(Wait.Why.RUNNING, NOW + 1), "instances", invoked(NOW - Instance.BEGIN_MAX_MILLIS + 1)),
                row(nothing(Nothing.Why.PAUSED), "paused", flag(true), "instances", began(NOW)),
                // What was killed, or never began.
                row(wait(Wait.Why.BACKING_OFF, NOW + 2_250), "trigger", n(5), "instances", began(NOW - 60_000)),
                row(run(Run.Why.WOKEN), "trigger", n(5), "instances", began(NOW - 62_250)),
                row(run(Run.Why.KILLED_BEFORE), "instances", began(NOW - 62_250)),
                row(run(Run.Why.KILLED_BEFORE), "instances", invoked(NOW - Instance.BEGIN_MAX_MILLIS - 2_250)),
                row(run(Run.Why.FORCED), "ignorePaused", flag(true), "instances", began(NOW - 60_000)),
                // What failed.
                row(
                        wait(Wait.Why.BACKING_OFF, NOW + 2_249),
                        "errorCount",
                        n(1),
                        "trigger",
                        n(5),
                        "instances",
                        ended(NOW - 1, "error")),
                row(run(Run.Why.FAILED_BEFORE), "errorCount", n(1), "instances", ended(NOW - 2_250, "error")),
                row(
                        wait(Wait.Why.BACKING_OFF, NOW + 900_000 - 1),
                        "errorCount",
                        n(10),
                        "instances",
                        ended(NOW - 1, "error")),
                row(
                        wait(Wait.Why.ROGUE, NOW + 900_000 - 1),
                        "errorCount",
                        n(11),
                        "trigger",
                        n(5),
                        "instances",
                        ended(NOW - 1, "error")),
                row(
                        run(Run.Why.WOKEN),
                        "errorCount",
                        n(500),
                        "trigger",
                        n(5),
                        "instances",
                        ended(NOW - 900_000, "error")),
                row(nothing(Nothing.Why.UP_TO_DATE), "errorCount", n(0), "instances", ended(NOW, "complete")),
                // What was put off.
                row(wait(Wait.Why.PUT_OFF, NOW + 1), "scheduledTrigger", n(NOW + 1), "trigger", n(5)),
                row(run(Run.Why.PUT_OFF), "scheduledTrigger", n(NOW)),
                row(nothing(Nothing.Why.UP_TO_DATE), "scheduledTrigger", n(0)),
                // What has a schedule.
                row(nothing(Nothing.Why.UP_TO_DATE), "time", text("* * * * * *")),
                row(run(Run.Why.SCHEDULED), "time", text("* * * * * *"), "scheduledTime", n(NOW - 1_000)),
                row(wait(Wait.Why.SCHEDULED, NOW + 1_000), "time", text("* * * * * *"), "scheduledTime", n(NOW)),
                row(
                        wait(Wait.Why.SCHEDULED, NOW + 1_000),
                        "time",
                        text("* * * * * *"),
                        "scheduledTime",
                        n(NOW),
                        "triggers",
                        list("queue:a"),
                        "requested_kinesis",
                        map("queue:a", text(OLD)),
                        "checkpoints",
                        read("queue:a", NEW)),
                // What has something to read.
                row(run(Run.Why.BEHIND), behind(text(OLD))),
                row(run(Run.Why.BEHIND), behind(new Attribute.Null())),
                row(nothing(Nothing.Why.UP_TO_DATE), behind(text(NEW))),
                row(nothing(Nothing.Why.UP_TO_DATE), behind(text(NEW + " "))),
                row(run(Run.Why.BEHIND), behind(text("z/2026/11/20"))),
                row(nothing(Nothing.Why.UP_TO_DATE), behind(text("z/2026/11/21"))),
                row(
                        run(Run.Why.BEHIND),
                        "triggers",
                        list("a", "b"),
                        "requested_kinesis",
                        map("queue:a", text(OLD), "queue:b", text(NEW)),
                        "checkpoints",
                        read("queue:a", OLD)),
                row(
                        run(Run.Why.BEHIND),
                        "triggers",
                        list("queue:a"),
                        "requested_kinesis",
                        map("queue:a.12", text(OLD))),
                row(
                        nothing(Nothing.Why.UP_TO_DATE),
                        "triggers",
                        list("queue:a"),
                        "requested_kinesis",
                        map("queue:a.x", text(OLD), "queue:b", text(OLD), "", text(OLD), "queue:", text(OLD))),
                // What finds nothing that it wants in what it has to read (D5).
                row(wait(Wait.Why.IDLE, NOW + 9_999), idle(NOW - 1, 0, text(OLD))),
                row(run(Run.Why.BEHIND), idle(NOW - 10_000, 0, text(OLD))),
                row(wait(Wait.Why.IDLE, NOW + 39_999), idle(NOW - 1, 2, text(OLD))),
                row(wait(Wait.Why.IDLE, NOW + 599_999), idle(NOW - 1, 60, text(OLD))),
                row(run(Run.Why.BEHIND), idle(NOW - 1, 0, text("z/2026/11/20"))));
    }

    @ParameterizedTest
    @MethodSource("rows")
    void decides(Decision expected, Map<String, Attribute> attributes) {
        assertThat(Decide.of(new CronRow(new Item(new Key(CronFixture.CRON, "b", null), attributes)), NOW))
                .isEqualTo(expected);
    }

    private static Arguments row(Decision expected, Object... namesAndValues) {
        Map<String, Attribute> row = new HashMap<>(Map.of("lambdaName", text("f")));
        for (int i = 0; i < namesAndValues.length; i += 2) {
            row.put((String) namesAndValues[i], (Attribute) namesAndValues[i + 1]);
        }
        return Arguments.of(expected, row);
    }

    private static Object[] behind(Attribute checkpoint) {
        return new Object[] {
            "triggers",
            list("queue:a", "a"),
            "requested_kinesis",
            map("queue:a", text(NEW)),
            "checkpoints",
            map("read", map("queue:a", map("checkpoint", checkpoint)))
        };
    }

    /** A bot that is behind, and stood at an id when its last run began. */
    private static Object[] idle(long ended, long idleRuns, Attribute from) {
        return Stream.concat(
                        Stream.of(behind(text(OLD))),
                        Stream.of(
                                "instances",
                                map(
                                        "0",
                                        map(
                                                "invokeTime",
                                                n(1),
                                                "completedTime",
                                                n(ended),
                                                "status",
                                                text("complete"),
                                                "from",
                                                map("queue:a", from),
                                                "idleRuns",
                                                n(idleRuns)))))
                .toArray();
    }

    private static Attribute invoked(long at) {
        return map("0", map("token", n(5), "invokeTime", n(at)));
    }

    private static Attribute began(long at) {
        return map("0", map("token", n(5), "invokeTime", n(1), "startTime", n(at), "maxDuration", n(60_000)));
    }

    private static Attribute ended(long at, String status) {
        return map("0", map("token", n(5), "invokeTime", n(1), "completedTime", n(at), "status", text(status)));
    }

    private static Attribute read(String queue, String eid) {
        return map("read", map(queue, map("checkpoint", text(eid))));
    }

    private static Run run(Run.Why why) {
        return new Run(why);
    }

    private static Wait wait(Wait.Why why, long until) {
        return new Wait(why, until);
    }

    private static Nothing nothing(Nothing.Why why) {
        return new Nothing(why);
    }

    private static Attribute n(long value) {
        return Attribute.of(value);
    }

    private static Attribute text(String value) {
        return Attribute.of(value);
    }

    private static Attribute flag(boolean value) {
        return Attribute.of(value);
    }

    private static Attribute list(String... values) {
        return Attribute.of(Stream.of(values).map(Attribute::of).toList());
    }

    private static Attribute map(Object... namesAndValues) {
        Map<String, Attribute> map = new HashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            map.put((String) namesAndValues[i], (Attribute) namesAndValues[i + 1]);
        }
        return Attribute.of(map);
    }
}
