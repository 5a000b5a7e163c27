package dev.weir.local.template;

import dev.weir.cron.Schedule;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A schedule of EventBridge Scheduler, which invokes a function and does not wait for it.
 *
 * @param name physical name
 * @param every when
 * @param function what it invokes
 * @param input what the function is given, JSON
 * @param isEnabled whether it runs at all
 */
public record ScheduleResource(String name, Every every, FunctionName function, String input, boolean isEnabled) {
    static final String TYPE = "AWS::Scheduler::Schedule";

    private static final Pattern RATE = Pattern.compile("rate\\((\\d{1,6}) (minute|hour|day)s?\\)");
    private static final Pattern CRON =
            Pattern.compile("cron\\((\\S+) (\\S+) (\\S+) (\\S+) (\\S+) \\*\\)"); // the year is any
    private static final Pattern WEEK_DAYS = Pattern.compile("[1-7](?:[-,][1-7])*");
    private static final String UTC = "UTC";

    /** What a function gets that is told nothing. Source: EventBridge Scheduler, target input. */
    private static final String NO_INPUT =
            "{\"version\":\"0\",\"detail-type\":\"Scheduled Event\",\"source\":\"aws.scheduler\",\"detail\":\"{}\"}";

    /** When a schedule comes round. */
    public sealed interface Every {

        /** At once, and then after each period. */
        record Rate(Duration period) implements Every {}

        /** At these times, in UTC. */
        record Cron(Schedule times) implements Every {}
    }

    static ScheduleResource of(Properties properties) {
        properties.pass("Description", "GroupName", "KmsKeyArn");
        properties.refuse("StartDate", "leave it out");
        properties.refuse("EndDate", "leave it out");
        properties.wordIfAny("ScheduleExpressionTimezone", List.of(UTC));
        Properties window = properties
                .object("FlexibleTimeWindow")
                .orElseThrow(() -> properties.refusal("a property is missing", "missing", "FlexibleTimeWindow"));
        window.word("Mode", List.of("OFF", "FLEXIBLE"));
        window.pass("MaximumWindowInMinutes");
        window.end();
        Properties target = properties
                .object("Target")
                .orElseThrow(() -> properties.refusal("a property is missing", "missing", "Target"));
        target.pass("RetryPolicy", "DeadLetterConfig");
        var _ = target.text("RoleArn");
        ScheduleResource schedule = new ScheduleResource(
                properties.text("Name"),
                every(properties),
                FunctionName.of(target.text("Arn")),
                target.textIfAny("Input").orElse(NO_INPUT),
                properties
                        .wordIfAny("State", List.of("ENABLED", "DISABLED"))
                        .filter("DISABLED"::equals)
                        .isEmpty());
        target.end();
        properties.end();
        return schedule;
    }

    private static Every every(Properties properties) {
        String text = properties.text("ScheduleExpression");
        Matcher rate = RATE.matcher(text);
        if (rate.matches() && Integer.parseInt(rate.group(1)) > 0) {
            return new Every.Rate(
                    Duration.ofMinutes(minutes(rate.group(2))).multipliedBy(Long.parseLong(rate.group(1))));
        }
        return cron(text)
                .map(Every.Cron::new)
                .orElseThrow(() -> properties.refusal(
                        "must be rate(N minutes), hours or days, or cron() of six fields, of which the year is * and one of the"
                                + " days is ?; L, W and # are not done on this machine",
                        "ScheduleExpression",
                        text));
    }

    private static long minutes(String unit) {
        return switch (unit) {
            case "minute" -> 1;
            case "hour" -> Duration.ofHours(1).toMinutes();
            default -> Duration.ofDays(1).toMinutes();
        };
    }

    private static Optional<Schedule> cron(String text) {
        Matcher cron = CRON.matcher(text);
        if (!cron.matches() || cron.group(3).equals("?") == cron.group(5).equals("?")) {
            return Optional.empty();
        }
        String times =
                String.join(" ", cron.group(1), cron.group(2), cron.group(3), cron.group(4), weekDays(cron.group(5)));
        return Schedule.parse(times);
    }

    /** AWS counts the days of the week from 1, Sunday; cron from 0. */
    private static String weekDays(String field) {
        return WEEK_DAYS.matcher(field).matches()
                ? field.chars()
                        .mapToObj(character -> Character.isDigit(character)
                                ? Integer.toString(character - '1')
                                : Character.toString(character))
                        .reduce("", String::concat)
                : field;
    }
}
