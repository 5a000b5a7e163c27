package dev.weir.functions.examples;

import dev.weir.pipeline.Codec;
import dev.weir.pipeline.Feed;
import dev.weir.pipeline.KeyedStage;
import dev.weir.pipeline.Pipeline;
import dev.weir.pipeline.To;
import dev.weir.pipeline.Window;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;

/**
 * A stock tracker: trades in; out, the last price of each symbol when it moves, and every ten seconds the shares that changed hands in the
 * last minute.
 */
public final class StockTracker {

    /** A trade. */
    public record Trade(String symbol, BigDecimal price, long shares, long atMillis) {}

    /** A price that is not the one before. */
    public record Move(String symbol, BigDecimal from, BigDecimal to) {}

    /** Shares of a symbol in a minute. */
    public record Volume(String symbol, long fromMillis, long toMillis, long shares) {}

    private static final KeyedStage<Trade> TRADES = Pipeline.from(Feed.stream("trades", Codec.of(Trade.class)))
            .timestampBy(trade -> Instant.ofEpochMilli(trade.atMillis()))
            .keyBy(Trade::symbol);

    /** The bot. */
    public static final Pipeline PIPELINE = Pipeline.of(
            "stock-tracker",
            TRADES.<Trade, Move>process("last-price", Codec.of(Trade.class), (trade, last, moves) -> {
                        Trade before = last.get();
                        if (before != null
                                && before.price().compareTo(trade.value().price()) != 0) {
                            moves.add(new Move(
                                    trade.key(), before.price(), trade.value().price()));
                        }
                        last.set(trade.value());
                    })
                    .to(To.queue("stocks.moved", Codec.of(Move.class))),
            TRADES.window(
                            Window.sliding(Duration.ofMinutes(1), Duration.ofSeconds(10))
                                    .waiting(Duration.ofSeconds(5)),
                            Codec.of(Trade.class))
                    .aggregate("volume", Codec.integer(), 0L, (sum, trade) -> sum + trade.shares(), Long::sum)
                    .mapWithKey((symbol, volume) ->
                            new Volume(symbol, volume.fromMillis(), volume.toMillis(), volume.value()))
                    .to(To.queue("stocks.volume", Codec.of(Volume.class))));

    private StockTracker() {}
}
