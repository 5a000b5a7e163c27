package dev.weir.functions.examples;

import dev.weir.functions.PipelineHandler;
import dev.weir.functions.Wiring;

/** {@link WordCount} as a Lambda function. */
public final class WordCountHandler extends PipelineHandler {

    /** As Lambda makes it: on what the environment names. */
    public WordCountHandler() {
        super(WordCount.PIPELINE, Wiring.fromEnvironment());
    }
}
