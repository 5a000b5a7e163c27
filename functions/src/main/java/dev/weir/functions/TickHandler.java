package dev.weir.functions;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.weir.flow.Spine;
import dev.weir.flow.Version;
import dev.weir.graph.Graph;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * A bot's clock as a Lambda function behind a schedule: passes gaps whose deadline is over also when nothing arrives. It looks at the
 * checkpoints and runs the lanes that hold something; a lane that is busy elsewhere is left alone by the fence.
 */
public abstract class TickHandler<T, V, R> implements RequestStreamHandler {
    private static final int ANSWER_MILLIS = 2_000;

    private final Graph<T, V, R> graph;
    private final Wiring wiring;

    protected TickHandler(Graph<T, V, R> graph, Wiring wiring) {
        this.graph = graph;
        this.wiring = wiring;
    }

    @Override
    public void handleRequest(InputStream event, OutputStream answer, Context context) throws java.io.IOException {
        long deadline = wiring.time().epochMillis() + Math.max(0, context.getRemainingTimeInMillis() - ANSWER_MILLIS);
        Spine<T, V, R> spine = wiring.spine(graph, UUID.randomUUID().toString(), version(context));
        boolean done = spine.tick(deadline);
        wiring.metrics().run(graph.name(), spine.takeTally(), wiring.time().epochMillis());
        spine.refusal().ifPresent(context.getLogger()::log);
        answer.write(("{\"done\":" + done + "}").getBytes(StandardCharsets.US_ASCII));
    }

    /** Which version of the bot an invocation is of: see {@link BotHandler#version}. */
    protected Version version(Context context) {
        return Version.of(context.getFunctionVersion());
    }
}
