package dev.weir.functions;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.weir.aws.Clients;
import dev.weir.bot.Bot;
import dev.weir.bot.BotProvider;
import dev.weir.bot.Ports;
import dev.weir.graph.Graph;
import dev.weir.graph.Source.From;
import dev.weir.port.Invoker;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The Lambda function of every bot: {@code dev.weir.functions.BotFunction}. {@code WEIR_BOT} names the bot, which is found by its
 * {@link BotProvider}; see {@link Settings} for the other variables. What it is called with depends on the bot:
 *
 * <ul>
 *   <li>one that reads a stream: batches of an event source mapping ({@link BotHandler}), and {@code {"tick":true}} every minute
 *       ({@link TickHandler})
 *   <li>one that reads queues: the trigger's invocations ({@link QueueBotHandler})
 *   <li>a {@link Bot.Source}: the trigger's invocations ({@link SourceHandler}), and the changes of the tables that wake it, from an event
 *       source mapping ({@link WakingHandler})
 * </ul>
 *
 * <p>Clients are made when the function is initialised or when they are first needed; what must differ between copies that are restored from
 * one snapshot is drawn at the first invocation. One invocation at a time, as Lambda does it.
 */
public final class BotFunction implements RequestStreamHandler {
    private final RequestStreamHandler handler;

    /** As Lambda makes it. */
    public BotFunction() {
        this(System.getenv());
    }

    private BotFunction(Map<String, String> environment) {
        this(
                Settings.bot(environment, BotProvider.found()),
                Wiring.from(environment),
                lambda(environment),
                Settings.instances(environment));
    }

    /**
     * One bot on given ports.
     *
     * @param wiring made with all ports
     * @param invoker starts further instances of a bot on queues
     * @param instances over how many copies a bot on queues spreads its lanes, at least 1
     */
    public BotFunction(Bot bot, Wiring wiring, Invoker invoker, int instances) {
        this.handler = switch (bot) {
            case Bot.Reader reader -> reader(reader.runs().apply(wiring.ports()), wiring, invoker, instances);
            case Bot.Source source -> source(source, wiring);
        };
    }

    /** Only a bot that is spread over several copies starts others. */
    private static Invoker lambda(Map<String, String> environment) {
        String region = environment.getOrDefault("AWS_REGION", "us-east-1");
        Supplier<Invoker> lambda = new OnDemand<>(() -> new Clients(region, null, environment).lambda());
        return (function, payload) -> lambda.get().invoke(function, payload);
    }

    @Override
    public void handleRequest(InputStream event, OutputStream answer, Context context) throws IOException {
        handler.handleRequest(event, answer, context);
    }

    private static <T, V, R> RequestStreamHandler reader(
            Graph<T, V, R> graph, Wiring wiring, Invoker invoker, int instances) {
        return switch (graph.source().from()) {
            case From.Stream _ ->
                new TickOr(new TickHandler<T, V, R>(graph, wiring) {}, new BotHandler<T, V, R>(graph, wiring) {});
            case From.Queues _ ->
                new QueueBotHandler<T, V, R>(graph, wiring, wiring.ports().objects(), invoker, instances) {};
        };
    }

    private static RequestStreamHandler source(Bot.Source source, Wiring wiring) {
        Ports ports = wiring.ports();
        RequestStreamHandler runs =
                new SourceHandler(source.name(), source.out(), source.runs().apply(ports), wiring) {};
        return source.wakers().isEmpty() ? runs : new WakingHandler(source.name(), wiring, runs);
    }
}
