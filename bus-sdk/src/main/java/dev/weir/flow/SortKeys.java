package dev.weir.flow;

import java.util.Locale;

/** Sort keys of a lane's items. Numbers are padded to 19 digits, so that text order is number order. */
final class SortKeys {
    static final String JOURNAL = "journal#";
    static final String HELD = "held#";
    static final String PARKED = "parked#";
    static final String OUTBOX = "outbox#";
    static final String IDS = "ids#";

    /** Above every sort key that begins with a kind: {@code $} follows {@code #}. */
    static String end(String kind) {
        return kind.substring(0, kind.length() - 1) + "$";
    }

    /** The {@code index}th item of a kind that the commit with this fence wrote. */
    static String item(String kind, long fence, int index) {
        return String.format(Locale.ROOT, "%s%019d#%04d", kind, fence, index);
    }

    /** Below every item of a kind that this commit or a later one wrote. */
    static String from(String kind, long fence) {
        return String.format(Locale.ROOT, "%s%019d", kind, fence);
    }

    /** The fence in a sort key of {@link #item}. */
    static long fence(String sort) {
        int from = sort.indexOf('#') + 1;
        return Long.parseLong(sort.substring(from, from + 19));
    }

    private SortKeys() {}
}
