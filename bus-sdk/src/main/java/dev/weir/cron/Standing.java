package dev.weir.cron;

import dev.weir.port.Attribute;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a bot stands that the bus invokes, told by its row and the time alone; so it is also told of one that does not run.
 *
 * @param bot its name
 * @param isRogue whether it has failed so often that it is hardly tried any more
 * @param lagMillis how long ago the event was at which it stands in the queue in which it lies back furthest: what is behind that it has not
 *     read. Of a queue of which it has read nothing, how old the event is for which it was woken. Empty if it has read all
 */
public record Standing(String bot, boolean isRogue, OptionalLong lagMillis) {

    /** The time in the id of an event, also of one that only RStreams makes. */
    private static final Pattern ID = Pattern.compile("z/\\d{4}(?:/\\d\\d){4}/(\\d{13})(?!\\d).*");

    private static final Attribute NO_ID = Attribute.of("");

    /** How a bot stands; empty if it is not invoked: it is kept for the record only, or runs outside of the bus. */
    static Optional<Standing> of(CronRow row, long nowMillis) {
        if (row.isArchived() || row.function().isEmpty()) {
            return Optional.empty();
        }
        boolean isRogue = !row.isPaused() && row.errors() > Decide.ERRORS_MAX;
        return Optional.of(new Standing(row.bot(), isRogue, lag(row, nowMillis)));
    }

    private static OptionalLong lag(CronRow row, long nowMillis) {
        Map<String, Attribute> requested = row.requested();
        return Reading.behind(row).entrySet().stream()
                .flatMapToLong(
                        queue -> List.of(queue.getValue(), requested.getOrDefault(queue.getKey(), NO_ID)).stream()
                                .flatMapToLong(id -> millis(id).stream())
                                .limit(1))
                .map(millis -> Math.max(0, nowMillis - millis))
                .max();
    }

    private static OptionalLong millis(Attribute id) {
        Matcher match = ID.matcher(id instanceof Attribute.Text(String text) ? text : "");
        return match.matches() ? OptionalLong.of(Long.parseLong(match.group(1))) : OptionalLong.empty();
    }
}
