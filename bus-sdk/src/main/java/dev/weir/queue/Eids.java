package dev.weir.queue;

import dev.weir.model.Eid;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Event ids as text: they are compared, cut and made here, also those that no {@link dev.weir.model.Eid} can hold. Thread-safe: no state. */
final class Eids {
    private static final DateTimeFormatter MINUTE =
            DateTimeFormatter.ofPattern("'z/'uuuu/MM/dd/HH/mm/", Locale.ROOT).withZone(ZoneOffset.UTC);

    private static final int MILLIS_DIGITS = 13;
    private static final int INDEX_DIGITS = 7;
    private static final int INDEX_DIGITS_MAX = 17;

    private Eids() {}

    /** What all ids of a millisecond begin with. */
    static String prefix(long epochMillis) {
        return minute(epochMillis) + padded(epochMillis, MILLIS_DIGITS);
    }

    /** What all ids of a minute begin with. */
    static String minute(long epochMillis) {
        return MINUTE.format(Instant.ofEpochMilli(epochMillis));
    }

    /** A space sorts behind the id itself and before every longer or later one. */
    static String justAfter(String eid) {
        return eid + " ";
    }

    static String padded(long number, int digits) {
        String text = Long.toString(number);
        return "0".repeat(Math.max(0, digits - text.length())) + text;
    }

    static String indexed(String prefix, long index) {
        return prefix + "-" + padded(index, INDEX_DIGITS);
    }

    /** The id so many places behind another one in its chunk; also beyond seven digits, as RStreams counts. */
    static String plus(String eid, long places) {
        int dash = eid.lastIndexOf('-');
        long index = dash < 0 ? 0 : index(eid, dash + 1);
        return indexed(dash < 0 ? eid : eid.substring(0, dash), index + places);
    }

    /** The digits behind the dash; 0 if they are none. */
    private static long index(String eid, int from) {
        long index = 0;
        for (int i = from; i < eid.length() && i < from + INDEX_DIGITS_MAX; i++) {
            int digit = eid.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return 0;
            }
            index = index * 10 + digit;
        }
        return index;
    }

    /** So long before an event; the beginning, if the id says no time. */
    static Position before(String eid, long millis) {
        return Eid.parse(eid)
                .<Position>map(id -> new Position.At(Instant.ofEpochMilli(Math.max(0, id.epochMillis() - millis))))
                .orElse(Position.beginning());
    }
}
