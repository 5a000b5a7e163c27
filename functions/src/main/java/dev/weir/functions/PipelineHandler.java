package dev.weir.functions;

import dev.weir.graph.Effect;
import dev.weir.pipeline.KeyState;
import dev.weir.pipeline.Pipeline;
import dev.weir.pipeline.Work;
import java.util.List;

/**
 * A pipeline on a stream as a Lambda function behind a Kinesis event source mapping; see {@link BotHandler}.
 *
 * <pre>{@code
 * public final class WordCountHandler extends PipelineHandler {
 *     public WordCountHandler() {
 *         super(WordCount.PIPELINE, Wiring.fromEnvironment());
 *     }
 * }
 * }</pre>
 */
public abstract class PipelineHandler extends BotHandler<Work, KeyState, List<Effect>> {

    protected PipelineHandler(Pipeline pipeline, Wiring wiring) {
        super(pipeline.graph(), wiring);
    }
}
