package dev.weir.local.simulate;

import dev.weir.local.simulator.Evidence;
import dev.weir.model.LaneId;
import dev.weir.port.Attribute;
import dev.weir.port.Item;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Gaps: none is passed before its time, and none that a checkpoint remembers was passed without an event that tells of it. */
final class GapAudit {
    private static final long CLOCKS_APART_MILLIS_MAX = 2 * 4_000;
    private static final long MILLIS_MIN = 30_000 - CLOCKS_APART_MILLIS_MAX;
    private static final Pattern TIMES = Pattern.compile(".*\"heldSince\":(\\d+),\"passedAt\":(\\d+).*");
    private static final Pattern PRODUCERS =
            Pattern.compile(".*\"producer\":\"(.*?)\",\"from\":(\\d+),\"to\":(\\d+),.*");
    private static final Pattern RANGE = Pattern.compile(",(\\d+)-(\\d+)");

    private final String bot;

    GapAudit(String bot) {
        this.bot = bot;
    }

    void check(Evidence evidence, LaneId lane) {
        List<String> gaps = evidence.queue(bot + ".gaps", lane);
        gaps.forEach(GapAudit::checkTime);
        for (Item checkpoint : evidence.kept(lane, "checkpoint")) {
            checkpoint.struct("marks").forEach((producer, mark) -> checkTold(producer, mark, gaps));
        }
    }

    private static void checkTime(String gap) {
        Matcher matcher = TIMES.matcher(gap);
        if (!matcher.matches() || Long.parseLong(matcher.group(2)) - Long.parseLong(matcher.group(1)) < MILLIS_MIN) {
            throw new AssertionError("a gap was passed before its time: gap=" + gap);
        }
    }

    /** A mark is the next number and, after it, the ranges that were passed: {@code 17,3-5,8-9@1800000000000}. */
    private static void checkTold(String producer, Attribute mark, List<String> gaps) {
        String text = ((Attribute.Text) mark).value();
        Matcher ranges = RANGE.matcher(text.substring(0, text.indexOf('@')));
        while (ranges.find()) {
            long from = Long.parseLong(ranges.group(1));
            long to = Long.parseLong(ranges.group(2)) - 1;
            if (gaps.stream().noneMatch(gap -> tells(gap, producer, from, to))) {
                throw new AssertionError("a gap was passed and nothing tells of it: producer=" + producer + " from="
                        + from + " to=" + to);
            }
        }
    }

    private static boolean tells(String gap, String producer, long from, long to) {
        Matcher matcher = PRODUCERS.matcher(gap);
        return matcher.matches()
                && matcher.group(1).equals(producer)
                && Long.parseLong(matcher.group(2)) <= from
                && Long.parseLong(matcher.group(3)) >= to;
    }
}
