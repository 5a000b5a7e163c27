package dev.weir.functions.examples;

import dev.weir.functions.PipelineHandler;
import dev.weir.functions.Wiring;

/** {@link StockKeeper} as a Lambda function. */
public final class StockKeeperHandler extends PipelineHandler {

    /** As Lambda makes it: on what the environment names. */
    public StockKeeperHandler() {
        super(StockKeeper.PIPELINE, Wiring.fromEnvironment());
    }
}
