package dev.weir.functions.examples;

import dev.weir.functions.PipelineHandler;
import dev.weir.functions.Wiring;

/** {@link StockTracker} as a Lambda function. */
public final class StockTrackerHandler extends PipelineHandler {

    /** As Lambda makes it: on what the environment names. */
    public StockTrackerHandler() {
        super(StockTracker.PIPELINE, Wiring.fromEnvironment());
    }
}
