package dev.weir.infra.cost;

import dev.weir.model.Json;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Events as a bot gets them, to reckon with. Pure and thread-safe.
 *
 * <pre>{@code
 * declared.withSample("orders", (number, load) -> Json.of("{\"item\":\"i" + number % load.keys() + "\",\"count\":1}"))
 * }</pre>
 */
@FunctionalInterface
public interface Sample {

    /**
     * An event.
     *
     * @param number of the event, from 0; the same one gives the same event
     * @return one JSON value, as it is put into the stream, or as the payload of an event of the queue
     */
    Json event(long number, Load load);

    /** How many events come first that only prepare, like a first deposit to each account; they are not counted. */
    default long preparing(Load load) {
        return 0;
    }

    /** The same lines again and again. */
    static Sample ofLines(List<Json> lines) {
        if (lines.isEmpty()) {
            throw new IllegalArgumentException("a sample has at least one line");
        }
        List<Json> all = List.copyOf(lines);
        return (number, _) -> all.get((int) (number % all.size()));
    }

    /** The sample of a bot: a given one, or for bots that come with Weir a built-in one. */
    static Optional<Sample> of(String bot, Map<String, Sample> given) {
        return Optional.ofNullable(given.get(bot)).or(() -> Samples.builtIn(bot));
    }
}
