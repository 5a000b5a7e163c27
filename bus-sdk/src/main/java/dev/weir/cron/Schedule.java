package dev.weir.cron;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/**
 * When something happens, as cron text of five fields (minute, hour, day of month, month, day of week) or six (second before them), in UTC.
 *
 * <p>A field is {@code *}, or a list of numbers, ranges and steps: {@code 5}, {@code 1-5}, <code>*&#47;15</code>, {@code 10-50/20},
 * {@code 0,30}. Months and days of the week may be names of three letters; Sunday is 0 or 7. A question mark is a star. As in cron, when
 * both days are restricted a day need match only one of them. Immutable.
 */
public final class Schedule {

    /** How far ahead is looked; a 29th of February comes at least every eight years. */
    static final int YEARS_MAX = 9;

    private static final Pattern BLANKS = Pattern.compile("\\s+");
    private static final List<String> MONTHS =
            List.of("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC");
    private static final List<String> DAYS = List.of("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT");
    private static final int SUNDAY_TOO = 7;

    private final String text;
    private final ScheduleField seconds;
    private final ScheduleField minutes;
    private final ScheduleField hours;
    private final ScheduleField monthDays;
    private final ScheduleField months;
    private final ScheduleField weekDays;

    private Schedule(String text, List<String> fields) {
        this.text = text;
        this.seconds = ScheduleField.parse(fields.get(0), 0, 59, List.of());
        this.minutes = ScheduleField.parse(fields.get(1), 0, 59, List.of());
        this.hours = ScheduleField.parse(fields.get(2), 0, 23, List.of());
        this.monthDays = ScheduleField.parse(fields.get(3), 1, 31, List.of());
        this.months = ScheduleField.parse(fields.get(4), 1, 12, MONTHS);
        this.weekDays = ScheduleField.parse(fields.get(5), 0, SUNDAY_TOO, DAYS).alias(SUNDAY_TOO, 0);
    }

    /** Reads cron text; empty if it is none. */
    public static Optional<Schedule> parse(String text) {
        List<String> fields = List.of(BLANKS.split(text.strip()));
        if (fields.size() != 5 && fields.size() != 6) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Schedule(text, fields.size() == 6 ? fields : withSeconds(fields)));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    /** The first moment after the given one; empty if there is none, as for a 30th of February. */
    public OptionalLong after(long epochMillis) {
        ZonedDateTime at = Instant.ofEpochMilli(epochMillis)
                .atZone(ZoneOffset.UTC)
                .truncatedTo(ChronoUnit.SECONDS)
                .plusSeconds(1);
        ZonedDateTime end = at.plusYears(YEARS_MAX);
        while (at.isBefore(end)) {
            ZonedDateTime next = next(at);
            if (next.equals(at)) {
                return OptionalLong.of(at.toInstant().toEpochMilli());
            }
            at = next;
        }
        return OptionalLong.empty();
    }

    /** The same moment if it matches; otherwise the beginning of the next unit, of the largest that does not match. */
    private ZonedDateTime next(ZonedDateTime at) {
        if (!months.has(at.getMonthValue())) {
            return at.truncatedTo(ChronoUnit.DAYS).withDayOfMonth(1).plusMonths(1);
        } else if (!isDay(at)) {
            return at.truncatedTo(ChronoUnit.DAYS).plusDays(1);
        } else if (!hours.has(at.getHour())) {
            return at.truncatedTo(ChronoUnit.HOURS).plusHours(1);
        } else if (!minutes.has(at.getMinute())) {
            return at.truncatedTo(ChronoUnit.MINUTES).plusMinutes(1);
        }
        return seconds.has(at.getSecond()) ? at : at.plusSeconds(1);
    }

    private boolean isDay(ZonedDateTime at) {
        boolean isMonthDay = monthDays.has(at.getDayOfMonth());
        boolean isWeekDay = weekDays.has(at.getDayOfWeek().getValue() % SUNDAY_TOO);
        return monthDays.isAll() || weekDays.isAll() ? isMonthDay && isWeekDay : isMonthDay || isWeekDay;
    }

    private static List<String> withSeconds(List<String> five) {
        return List.of("0", five.get(0), five.get(1), five.get(2), five.get(3), five.get(4));
    }

    @Override
    public String toString() {
        return text;
    }
}
