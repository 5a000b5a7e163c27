package dev.weir.functions;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.weir.flow.Spine;
import dev.weir.graph.Graph;
import dev.weir.model.Record;
import dev.weir.wire.BatchAnswer;
import dev.weir.wire.LambdaEvent;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A bot as a Lambda function behind a Kinesis event source mapping with {@code ReportBatchItemFailures}.
 *
 * <p>Clients are made once, when the function is initialised. The spine is made at the first batch and not before, because its
 * incarnation must differ between copies that are restored from one snapshot. One batch at a time, as Lambda does it.
 */
public abstract class BotHandler<T, V, R> implements RequestStreamHandler {

    /** Left of the function's time for the answer when a commit has to be given up. */
    private static final int ANSWER_MILLIS = 2_000;

    private final Graph<T, V, R> graph;
    private final Wiring wiring;
    private @Nullable Spine<T, V, R> spine;

    protected BotHandler(Graph<T, V, R> graph, Wiring wiring) {
        this.graph = graph;
        this.wiring = wiring;
    }

    @Override
    public void handleRequest(InputStream event, OutputStream answer, Context context) {
        List<Record> records = LambdaEvent.read(event);
        long now = wiring.time().epochMillis();
        long deadline = now + Math.max(0, context.getRemainingTimeInMillis() - ANSWER_MILLIS);
        new BatchAnswer(spine().process(records, deadline)).writeTo(answer);
    }

    private Spine<T, V, R> spine() {
        if (spine == null) {
            spine = wiring.spine(graph, UUID.randomUUID().toString());
        }
        return spine;
    }
}
