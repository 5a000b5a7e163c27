package dev.weir.functions;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.weir.flow.Spine;
import dev.weir.flow.Version;
import dev.weir.graph.Graph;
import dev.weir.model.Record;
import dev.weir.model.SequenceNumber;
import dev.weir.wire.BatchAnswer;
import dev.weir.wire.LambdaEvent;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;
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
        Spine<T, V, R> own = spine(context);
        Optional<SequenceNumber> undone = own.process(records, deadline);
        wiring.metrics().run(graph.name(), own.takeTally(), wiring.time().epochMillis());
        new BatchAnswer(undone).writeTo(answer);
        own.refusal().ifPresent(context.getLogger()::log);
    }

    /**
     * Which version of the bot an invocation is of: that of this function. A bot whose lanes are served by several functions, each of which
     * counts its own versions, has none.
     */
    protected Version version(Context context) {
        return Version.of(context.getFunctionVersion());
    }

    private Spine<T, V, R> spine(Context context) {
        if (spine == null) {
            spine = wiring.spine(graph, UUID.randomUUID().toString(), version(context));
        }
        return spine;
    }
}
