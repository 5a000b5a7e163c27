package dev.weir.cron;

import java.util.List;
import java.util.Locale;

/**
 * The values that one field of cron text allows, as bits.
 *
 * @param isAll whether the field is a star, which says nothing about its unit
 */
record ScheduleField(long values, boolean isAll) {

    boolean has(int value) {
        return (values >>> value & 1) == 1;
    }

    /** The same, where one value is another name of a second. */
    ScheduleField alias(int other, int value) {
        return has(other) ? new ScheduleField(values & ~(1L << other) | 1L << value, isAll) : this;
    }

    /** Throws {@link IllegalArgumentException} if it is no field. */
    static ScheduleField parse(String text, int lowest, int highest, List<String> names) {
        long values = 0;
        for (String part : text.split(",", -1)) {
            values |= part(part, lowest, highest, names);
        }
        return new ScheduleField(values, text.equals("*") || text.equals("?"));
    }

    private static long part(String text, int lowest, int highest, List<String> names) {
        int slash = text.indexOf('/');
        int step = slash < 0 ? 1 : Integer.parseInt(text.substring(slash + 1));
        String range = slash < 0 ? text : text.substring(0, slash);
        int dash = range.indexOf('-');
        boolean isAll = range.equals("*") || range.equals("?");
        int from = isAll ? lowest : value(dash < 0 ? range : range.substring(0, dash), lowest, names);
        // A step without an end goes to the end: 5/15 is 5, 20, 35, 50.
        int single = slash < 0 && !isAll ? from : highest;
        int to = dash < 0 ? single : value(range.substring(dash + 1), lowest, names);
        if (from < lowest || to > highest || from > to || step < 1) {
            throw new IllegalArgumentException("not a field of a schedule: text=" + text);
        }
        long values = 0;
        for (int value = from; value <= to; value += step) {
            values |= 1L << value;
        }
        return values;
    }

    private static int value(String text, int lowest, List<String> names) {
        int named = names.indexOf(text.toUpperCase(Locale.ROOT));
        return named < 0 ? Integer.parseInt(text) : named + lowest;
    }
}
