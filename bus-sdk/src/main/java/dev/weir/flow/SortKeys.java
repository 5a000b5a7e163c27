package dev.weir.flow;

/** Sort keys of a lane's items. Numbers are padded to 19 digits, so that text order is number order. */
final class SortKeys {
    static final String JOURNAL = "journal#";
    static final String HELD = "held#";
    static final String PARKED = "parked#";
    static final String OUTBOX = "outbox#";
    static final String IDS = "ids#";
    static final String TAKEOVER = "takeover#";

    private static final int FENCE_DIGITS = 19;
    private static final int INDEX_DIGITS = 4;

    /** Above every sort key that begins with a kind: {@code $} follows {@code #}. */
    static String end(String kind) {
        return kind.substring(0, kind.length() - 1) + "$";
    }

    /** The {@code index}th item of a kind that the commit with this fence wrote. */
    static String item(String kind, long fence, int index) {
        return from(kind, fence) + "#" + padded(index, INDEX_DIGITS);
    }

    /** Below every item of a kind that this commit or a later one wrote. */
    static String from(String kind, long fence) {
        return kind + padded(fence, FENCE_DIGITS);
    }

    /** The fence in a sort key of {@link #item}. */
    static long fence(String sort) {
        int from = sort.indexOf('#') + 1;
        return Long.parseLong(sort.substring(from, from + FENCE_DIGITS));
    }

    private static String padded(long number, int digits) {
        String text = Long.toString(number);
        return "0".repeat(Math.max(0, digits - text.length())) + text;
    }

    private SortKeys() {}
}
