package dev.weir.local.simulate;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A gap that was passed, as the bot reported it.
 *
 * @param scope lane, {@code producer} or {@code key}, and its name
 * @param key the key, if its numbers are those of a key; else empty
 * @param from the first number that was missing
 * @param to the last one
 */
record PoisonGap(String scope, String key, long from, long to) {
    private static final Pattern LINE =
            Pattern.compile(".*\"lane\":\"([^\"]*)\",\"(producer|key)\":\"([^\"]*)\",\"from\":(\\d+),\"to\":(\\d+),.*");

    static PoisonGap of(String line) {
        Matcher matcher = LINE.matcher(line);
        if (!matcher.matches()) {
            throw new AssertionError("a gap cannot be read: gap=" + line);
        }
        String name = matcher.group(3);
        return new PoisonGap(
                scope(matcher.group(1), matcher.group(2), name),
                matcher.group(2).equals("key") ? name : "",
                Long.parseLong(matcher.group(4)),
                Long.parseLong(matcher.group(5)));
    }

    static String scope(String lane, String kind, String name) {
        return lane + " " + kind + " " + name;
    }

    /** Whether this event came late, and would have filled the gap. */
    boolean holds(PoisonParked parked) {
        return parked.isLate() && parked.scope().equals(scope) && parked.number() >= from && parked.number() <= to;
    }
}
