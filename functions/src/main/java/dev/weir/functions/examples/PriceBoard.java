package dev.weir.functions.examples;

import dev.weir.pipeline.Change;
import dev.weir.pipeline.Codec;
import dev.weir.pipeline.Feed;
import dev.weir.pipeline.Pipeline;
import dev.weir.pipeline.To;
import java.math.BigDecimal;
import java.util.List;

/**
 * A table and its changes: quotes become rows, and each change of a row that moves a price by a tenth or more becomes an alert. Whoever else
 * writes the table is followed too.
 */
public final class PriceBoard {

    /** The price of a symbol. */
    public record Quote(String symbol, BigDecimal price) {}

    /** A price that has moved. */
    public record Alert(String symbol, BigDecimal from, BigDecimal to) {}

    /** Keeps the last quote of each symbol as a row. */
    public static final Pipeline PIPELINE = Pipeline.of(
            "price-board",
            Pipeline.from(Feed.stream("quotes", Codec.of(Quote.class)))
                    .keyBy(Quote::symbol)
                    .to(To.table("prices", Codec.of(Quote.class))));

    /** Follows the rows. */
    public static final Pipeline ALERTS = Pipeline.of(
            "price-alerts",
            Pipeline.from(Feed.changes("prices", Codec.of(Quote.class)))
                    .flatMap(PriceBoard::alerts)
                    .to(To.queue("prices.alerts", Codec.of(Alert.class))));

    private static List<Alert> alerts(Change<Quote> change) {
        if (change.before().isEmpty() || change.after().isEmpty()) {
            return List.of();
        }
        BigDecimal from = change.before().get().price();
        BigDecimal to = change.after().get().price();
        boolean isLarge = to.subtract(from).abs().multiply(BigDecimal.TEN).compareTo(from) >= 0;
        return isLarge ? List.of(new Alert(change.key(), from, to)) : List.of();
    }

    private PriceBoard() {}
}
