package dev.weir.pipeline;

import java.util.Map;
import java.util.TreeMap;

/**
 * The event time of one lane. Immutable.
 *
 * <p>The watermark is the latest time of an event that came in, of several feeds the one that is furthest behind; it never goes back. A
 * feed from which nothing came for {@link #IDLE_MILLIS} goes on as the clock on the wall does, so that windows end also when nothing
 * arrives.
 *
 * @param feeds by name
 * @param floor what the watermark was when time was last acted upon
 * @param next when the first timer is due; {@link Long#MAX_VALUE} if there is none
 * @param wake when the first timer of the clock on the wall is due; {@link Long#MAX_VALUE} if there is none
 */
record ClockFace(Map<String, ClockFace.Seen> feeds, long floor, long next, long wake) {

    /** How long a feed may give nothing before its time goes on by itself, milliseconds. */
    static final long IDLE_MILLIS = 60_000;

    /** The feed of what windows give: it holds back the time of lanes to which it travels, and is not waited for. */
    static final String RESULTS = "";

    static final ClockFace NONE = new ClockFace(Map.of(), Long.MIN_VALUE, Long.MAX_VALUE, Long.MAX_VALUE);

    /**
     * A feed.
     *
     * @param latest time of its events, milliseconds since the epoch
     * @param noted what that was when it was last looked at
     * @param notedAt by the clock on the wall; 0 if never
     */
    record Seen(long latest, long noted, long notedAt) {}

    ClockFace advanced(String feed, long time) {
        Seen seen = feeds.get(feed);
        if (seen != null && seen.latest >= time) {
            return this;
        }
        Map<String, Seen> changed = new TreeMap<>(feeds);
        changed.put(feed, seen == null ? new Seen(time, Long.MIN_VALUE, 0) : new Seen(time, seen.noted, seen.notedAt));
        return new ClockFace(changed, floor, next, wake);
    }

    /** Notes which feeds went on since it was last looked. */
    ClockFace looked(long nowMillis) {
        Map<String, Seen> changed = new TreeMap<>();
        feeds.forEach((feed, seen) ->
                changed.put(feed, seen.latest == seen.noted ? seen : new Seen(seen.latest, seen.latest, nowMillis)));
        return changed.equals(feeds) ? this : new ClockFace(changed, floor, next, wake);
    }

    ClockFace withNext(long millis) {
        return millis == next ? this : new ClockFace(feeds, floor, millis, wake);
    }

    ClockFace withWake(long millis) {
        return millis == wake ? this : new ClockFace(feeds, floor, next, millis);
    }

    ClockFace withFloor(long millis) {
        return millis <= floor ? this : new ClockFace(feeds, millis, next, wake);
    }

    /** The watermark by events alone. */
    long watermark(int feedCount) {
        if (isWaiting(feedCount)) {
            return floor;
        }
        long earliest = Long.MAX_VALUE;
        for (Seen seen : feeds.values()) { // for each event: no stream
            earliest = Math.min(earliest, seen.latest);
        }
        return feeds.isEmpty() ? floor : Math.max(floor, earliest);
    }

    /** The watermark when it is so late by the clock on the wall, after {@link #looked}. A feed of which nothing ever came waits as long. */
    long watermark(int feedCount, long nowMillis) {
        long first = feeds.values().stream().mapToLong(Seen::notedAt).min().orElse(nowMillis);
        if (isWaiting(feedCount) && nowMillis - first <= IDLE_MILLIS) {
            return floor;
        }
        return Math.max(
                floor,
                feeds.values().stream()
                        .mapToLong(seen -> seen.latest + Math.max(0, nowMillis - seen.notedAt - IDLE_MILLIS))
                        .min()
                        .orElse(Long.MIN_VALUE));
    }

    private boolean isWaiting(int feedCount) {
        return feeds.size() - (feeds.containsKey(RESULTS) ? 1 : 0) < feedCount;
    }
}
