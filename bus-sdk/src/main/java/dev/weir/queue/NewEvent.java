package dev.weir.queue;

import dev.weir.model.Json;
import dev.weir.wire.ByteSink;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * An event that is to be written.
 *
 * @param bot who writes it; not empty
 * @param queue where it goes
 * @param payload one JSON value; not validated
 * @param eventSourceTimestamp when the first event of its chain happened, milliseconds since the epoch; default: when it is written
 * @param timestamp when it was made, milliseconds since the epoch; default: when it is written
 * @param correlation what it came from
 * @param others more fields, as they shall stand on the line
 */
public record NewEvent(
        String bot,
        QueueName queue,
        Json payload,
        OptionalLong eventSourceTimestamp,
        OptionalLong timestamp,
        Optional<Correlation> correlation,
        Map<String, Json> others) {

    private static final Set<String> OURS =
            Set.of("id", "event", "payload", "event_source_timestamp", "timestamp", "correlation_id", "eid");

    public NewEvent {
        others = Collections.unmodifiableMap(new LinkedHashMap<>(others));
        if (bot.isEmpty()) {
            throw new IllegalArgumentException("an event must say which bot writes it: queue=" + queue);
        }
        if (!Collections.disjoint(OURS, others.keySet())) {
            throw new IllegalArgumentException(
                    "fields of the envelope have their own places: others=" + others.keySet());
        }
    }

    /** An event of now, with nothing but its payload. */
    public static NewEvent of(String bot, QueueName queue, Json payload) {
        return new NewEvent(
                bot, queue, payload, OptionalLong.empty(), OptionalLong.empty(), Optional.empty(), Map.of());
    }

    /** The same, made of another event: it says so, and keeps the time of its source. */
    public NewEvent from(QueueEvent source) {
        return new NewEvent(
                bot,
                queue,
                payload,
                source.eventSourceTimestamp(),
                timestamp,
                Optional.of(Correlation.of(source)),
                others);
    }

    /** The same with other times. */
    public NewEvent at(long sourceMillis, long millis) {
        return new NewEvent(
                bot, queue, payload, OptionalLong.of(sourceMillis), OptionalLong.of(millis), correlation, others);
    }

    /** The same with its times said: those that are missing are now. */
    NewEvent timed(long nowMillis) {
        long made = timestamp.orElse(nowMillis);
        return at(eventSourceTimestamp.orElse(made), made);
    }

    /**
     * Appends the envelope as leo-sdk writes it: the fields of the user first.
     *
     * @param sink where it goes, without a line feed
     * @param place its place in an object, or negative: then the line does not say it
     */
    void write(ByteSink sink, long place) {
        sink.putUtf8("{\"payload\":");
        sink.putOnOneLine(payload);
        others.forEach((name, value) -> {
            sink.put(',');
            sink.putString(name);
            sink.put(':');
            sink.putOnOneLine(value);
        });
        if (correlation.isPresent()) {
            sink.putUtf8(",\"correlation_id\":");
            sink.put(correlation.get().toJson());
        }
        sink.putUtf8(",\"id\":");
        sink.putString(bot);
        sink.putUtf8(",\"event\":");
        sink.putString(queue.key());
        sink.putUtf8(",\"event_source_timestamp\":");
        sink.putLong(eventSourceTimestamp.orElseThrow());
        sink.putUtf8(",\"timestamp\":");
        sink.putLong(timestamp.orElseThrow());
        if (place >= 0) {
            sink.putUtf8(",\"eid\":");
            sink.putLong(place);
        }
        sink.put('}');
    }
}
