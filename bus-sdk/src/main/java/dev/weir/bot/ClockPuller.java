package dev.weir.bot;

import dev.weir.cron.Schedule;
import dev.weir.graph.Puller;
import dev.weir.model.Json;
import dev.weir.port.Time;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The moments of a schedule since the last one, each once, also those that nobody was there to see. The cursor is the last moment that was
 * looked at, in milliseconds since the epoch; the first pull begins with now.
 */
final class ClockPuller implements Puller {
    private final Schedule schedule;
    private final Time time;

    /** @throws IllegalArgumentException if the text is no schedule */
    ClockPuller(String schedule, Time time) {
        this.schedule = Schedule.parse(schedule)
                .orElseThrow(() ->
                        new IllegalArgumentException("not a schedule of five or six fields: schedule=" + schedule));
        this.time = time;
    }

    @Override
    public Optional<Pulled> pull(String cursor, int recordsMax) {
        long now = time.epochMillis();
        if (cursor.isEmpty()) {
            return Optional.of(new Pulled(List.of(), Long.toString(now)));
        }
        Deque<Json> moments = new ArrayDeque<>();
        long last = Long.parseLong(cursor);
        OptionalLong next = schedule.after(last);
        while (next.isPresent() && next.getAsLong() <= now) {
            last = next.getAsLong();
            moments.add(Json.of(Json.quoted(Instant.ofEpochMilli(last).toString())));
            if (moments.size() > recordsMax) {
                moments.removeFirst();
            }
            next = schedule.after(last);
        }
        return moments.isEmpty()
                ? Optional.empty()
                : Optional.of(new Pulled(List.copyOf(moments), Long.toString(last)));
    }
}
