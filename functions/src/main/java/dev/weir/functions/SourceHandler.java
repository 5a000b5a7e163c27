package dev.weir.functions;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.weir.bot.RunOutcome;
import dev.weir.bot.SourceBot;
import dev.weir.bot.SourceRun;
import dev.weir.flow.Version;
import dev.weir.graph.Puller;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A bot that brings events from outside into a queue, as a Lambda function that the bus invokes on the bot's schedule. See {@link SourceRun}.
 *
 * <p>It answers {@code {"status":"done","entries":17}}, or {@code more}, {@code failed} with a {@code reason}, or {@code skipped}; who is
 * interested reads the bot's row. Clients are made once, when the function is initialised; the spine at the first invocation and not
 * before, because its incarnation must differ between copies that are restored from one snapshot.
 *
 * <pre>{@code
 * public final class ShopOrders extends SourceHandler {
 *     public ShopOrders() {
 *         super("shop-orders", "orders", new Shop()::ordersAfter, Wiring.fromEnvironment());
 *     }
 * }
 * }</pre>
 */
public abstract class SourceHandler implements RequestStreamHandler {
    private final String name;
    private final String out;
    private final Puller puller;
    private final Wiring wiring;
    private final long recordsMax;
    private @Nullable SourceBot bot;

    /**
     * One that pulls until there is nothing new, run after run if it must.
     *
     * @param name the bot's name
     * @param out name of the queue that is written; others may write it too
     */
    protected SourceHandler(String name, String out, Puller puller, Wiring wiring) {
        this(name, out, puller, wiring, Long.MAX_VALUE);
    }

    /** @param recordsMax after so many records a run is done, whether there is more or not: the rest waits for the next one */
    protected SourceHandler(String name, String out, Puller puller, Wiring wiring, long recordsMax) {
        this.name = name;
        this.out = out;
        this.puller = puller;
        this.wiring = wiring;
        this.recordsMax = recordsMax;
    }

    @Override
    public void handleRequest(InputStream event, OutputStream answer, Context context) throws IOException {
        SourceBot running = bot(context);
        Optional<RunOutcome> outcome =
                running.invoked(event.readAllBytes(), context.getAwsRequestId(), context.getRemainingTimeInMillis());
        wiring.metrics().run(name, running.takeTally(), wiring.time().epochMillis());
        RunAnswer.write(outcome, answer);
    }

    private SourceBot bot(Context context) {
        if (bot == null) {
            SourceRun source = new SourceRun(
                    name,
                    out,
                    puller,
                    wiring.bus(),
                    wiring.items(),
                    wiring.streams(),
                    wiring.time(),
                    UUID.randomUUID().toString(),
                    Version.of(context.getFunctionVersion()));
            bot = new SourceBot(source, recordsMax, wiring.bus(), wiring.items(), wiring.time());
        }
        return bot;
    }
}
