package dev.weir.functions;

import dev.weir.bot.Bot;
import dev.weir.bot.BotProvider;
import dev.weir.functions.examples.OrderDesk;
import dev.weir.functions.examples.PriceBoard;
import dev.weir.functions.examples.PythonBank;
import dev.weir.functions.examples.StockKeeper;
import dev.weir.functions.examples.StockTracker;
import dev.weir.functions.examples.WordCount;
import dev.weir.functions.ledger.Ledger;
import java.util.List;

/** The bots of this module: the ledger and the examples. */
public final class WeirBots implements BotProvider {

    @Override
    public List<Bot> bots() {
        return List.of(
                Bot.of(Ledger.GRAPH),
                Bot.of(WordCount.PIPELINE),
                Bot.of(StockTracker.PIPELINE),
                Bot.of(StockKeeper.PIPELINE),
                Bot.of(PriceBoard.PIPELINE),
                Bot.of(PriceBoard.ALERTS),
                Bot.of(OrderDesk.PIPELINE),
                Bot.of(OrderDesk.INVOICES),
                Bot.of(OrderDesk.DEMAND),
                Bot.of(PythonBank.PIPELINE));
    }
}
