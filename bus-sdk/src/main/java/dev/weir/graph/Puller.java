package dev.weir.graph;

import dev.weir.model.Json;
import java.util.List;
import java.util.Optional;

/** Fetches what is new outside of the bus, for a bot that brings it in: see {@link dev.weir.bot.SourceRun}. */
@FunctionalInterface
public interface Puller {

    /**
     * The next records.
     *
     * @param cursor where to go on: what the last pull said that was committed, or an empty text at first
     * @param recordsMax how many records at most
     * @return empty if there is nothing new now
     */
    Optional<Pulled> pull(String cursor, int recordsMax);

    /**
     * What a pull gave. It is committed as a whole: all records and the cursor, or nothing.
     *
     * @param payloads events for the queue, in order, together at most 350,000 bytes; may be empty if only the
     *     cursor moves
     * @param cursor where the next pull goes on
     */
    record Pulled(List<Json> payloads, String cursor) {
        public Pulled {
            payloads = List.copyOf(payloads);
        }
    }
}
