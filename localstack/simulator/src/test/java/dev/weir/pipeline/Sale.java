package dev.weir.pipeline;

import dev.weir.model.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * An event of {@link SalesPipeline}.
 *
 * @param n its number in the order in which events are given to producers
 * @param shop its key
 * @param city the key that it gets later
 * @param id business id; empty if it has none
 * @param hour when it happened, since the epoch
 * @param isPrice whether it is of the one side of joins, or the other
 * @param isPoison 1 if the shop, 2 if the city cannot bear it as long as the bot is not mended; else 0
 */
record Sale(long n, String shop, String city, String id, long hour, boolean isPrice, int isPoison) {
    static final Codec<Sale> CODEC = Codec.of(Sale.class);

    /** Each seventh is of no interest. */
    boolean isWanted() {
        return n % 7 != 3;
    }

    Optional<String> businessId() {
        return id.isEmpty() ? Optional.empty() : Optional.of(id);
    }

    Instant time() {
        return Instant.EPOCH.plus(Duration.ofHours(hour));
    }

    String json() {
        return CODEC.encode(this).toString();
    }

    static Optional<Sale> parse(String line) {
        return CODEC.decode(Json.of(line)) instanceof dev.weir.graph.Decoded.Value<Sale>(Sale sale)
                ? Optional.of(sale)
                : Optional.empty();
    }
}
