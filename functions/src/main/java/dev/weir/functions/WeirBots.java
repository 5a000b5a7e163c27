package dev.weir.functions;

import dev.weir.functions.examples.StockKeeper;
import dev.weir.functions.examples.StockTracker;
import dev.weir.functions.examples.WordCount;
import dev.weir.functions.ledger.Ledger;
import dev.weir.graph.BotProvider;
import dev.weir.graph.Graph;
import java.util.List;

/** The bots of this module: the ledger and the examples. */
public final class WeirBots implements BotProvider {

    @Override
    public List<Graph<?, ?, ?>> graphs() {
        return List.of(
                Ledger.GRAPH, WordCount.PIPELINE.graph(), StockTracker.PIPELINE.graph(), StockKeeper.PIPELINE.graph());
    }
}
