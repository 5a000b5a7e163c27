package dev.weir.functions;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.weir.bot.QueueBot;
import dev.weir.bot.RunOutcome;
import dev.weir.flow.Spine;
import dev.weir.flow.Version;
import dev.weir.graph.Graph;
import dev.weir.port.Invoker;
import dev.weir.port.ObjectStore;
import dev.weir.queue.Queues;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A bot on queues as a Lambda function that the bus invokes when a queue has something new. See {@link QueueBot}.
 *
 * <p>It answers {@code {"status":"done","entries":17}}, or {@code more}, {@code failed} with a {@code reason}, or {@code skipped}; who is
 * interested reads the bot's row. Clients are made once, when the function is initialised; the spine at the first invocation and not
 * before, because its incarnation must differ between copies that are restored from one snapshot.
 */
public abstract class QueueBotHandler<T, V, R> implements RequestStreamHandler {
    private final Graph<T, V, R> graph;
    private final Wiring wiring;
    private final ObjectStore objects;
    private final Invoker invoker;
    private final int instances;
    private @Nullable QueueBot<T, V, R> bot;

    /**
     * @param objects the bucket of the bus's large and old events
     * @param invoker starts further instances of this function
     * @param instances over how many copies the lanes are spread, at least 1; the same in all copies
     */
    protected QueueBotHandler(
            Graph<T, V, R> graph, Wiring wiring, ObjectStore objects, Invoker invoker, int instances) {
        this.graph = graph;
        this.wiring = wiring;
        this.objects = objects;
        this.invoker = invoker;
        this.instances = instances;
    }

    @Override
    public void handleRequest(InputStream event, OutputStream answer, Context context) throws IOException {
        QueueBot<T, V, R> running = bot(context);
        Optional<RunOutcome> outcome =
                running.invoked(event.readAllBytes(), context.getAwsRequestId(), context.getRemainingTimeInMillis());
        wiring.metrics().run(graph.name(), running.takeTally(), wiring.time().epochMillis());
        RunAnswer.write(outcome, answer);
    }

    private QueueBot<T, V, R> bot(Context context) {
        if (bot == null) {
            Spine<T, V, R> spine =
                    wiring.spine(graph, UUID.randomUUID().toString(), Version.of(context.getFunctionVersion()));
            Queues queues = new Queues(wiring.bus().queueTables(), wiring.items(), objects, wiring.time());
            bot = new QueueBot<>(graph, wiring.bus(), wiring.items(), queues, wiring.time(), invoker, instances, spine);
        }
        return bot;
    }
}
