package dev.weir.cron;

import dev.weir.port.Attribute;
import dev.weir.port.Edit;
import dev.weir.port.Path;
import dev.weir.queue.QueueName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a bot says of itself when it is registered. Registering again changes these fields and no others: checkpoints, marks, and whether it
 * is paused, stay.
 *
 * @param bot its id
 * @param function name of the function to invoke; empty for a program outside of the bus
 * @param triggers the queues whose new events wake it
 * @param schedule cron text of five or six fields, or empty
 * @param stream logical name of the stream whose records it is given; empty for a bot on queues
 * @param description for people
 */
public record Registration(
        String bot,
        Optional<String> function,
        List<QueueName> triggers,
        Optional<String> schedule,
        Optional<String> stream,
        String description) {

    public Registration {
        triggers = List.copyOf(triggers);
        if (bot.isEmpty()) {
            throw new IllegalArgumentException("a bot has a name: description=" + description);
        }
        if (schedule.isPresent() && Schedule.parse(schedule.get()).isEmpty()) {
            throw new IllegalArgumentException(
                    "not a schedule of five or six fields: bot=" + bot + " schedule=" + schedule.get());
        }
    }

    /** A bot that is woken by queues. */
    public static Registration onQueues(String bot, String function, List<QueueName> triggers) {
        return new Registration(bot, Optional.of(function), triggers, Optional.empty(), Optional.empty(), bot);
    }

    /** A bot that the records of a stream are given to: nothing here invokes it. */
    public static Registration onStream(String bot, String stream) {
        return new Registration(
                bot, Optional.empty(), List.of(), Optional.empty(), Optional.of(stream), "reads the stream " + stream);
    }

    /** The same, woken by a schedule too: cron text of five or six fields. */
    public Registration at(String cron) {
        return new Registration(bot, function, triggers, Optional.of(cron), stream, description);
    }

    List<Edit> edits(CronRow row) {
        List<Edit> edits = new ArrayList<>();
        edits.add(set("lambdaName", function));
        edits.add(set("time", schedule));
        edits.add(new Edit.Set(Path.of("description"), Attribute.of(description)));
        edits.add(new Edit.Set(Path.of("executionType"), Attribute.of("lambda")));
        edits.add(new Edit.Set(
                Path.of("triggers"),
                Attribute.of(triggers.stream()
                        .map(queue -> Attribute.of(queue.refId()))
                        .toList())));
        edits.add(stream.<Edit>map(name -> new Edit.Set(Paths.STREAM, Attribute.of(name)))
                .orElseGet(() -> new Edit.Remove(Paths.STREAM)));
        // A new schedule counts from when it is first seen.
        if (!schedule.equals(row.schedule())) {
            edits.add(new Edit.Remove(Paths.SCHEDULED_TIME));
        }
        return edits;
    }

    private static Edit set(String name, Optional<String> value) {
        return new Edit.Set(Path.of(name), value.map(Attribute::of).orElseGet(Attribute.Null::new));
    }
}
