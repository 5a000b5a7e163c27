package dev.weir.local.up;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.weir.cron.Controls;
import dev.weir.cron.Registration;
import dev.weir.flow.Bus;
import dev.weir.functions.BotHandler;
import dev.weir.functions.QueueBotHandler;
import dev.weir.functions.Wiring;
import dev.weir.functions.archive.ArchiveHandler;
import dev.weir.functions.ingest.Ingest;
import dev.weir.graph.Graph;
import dev.weir.graph.Source.From;
import dev.weir.local.bus.Closing;
import dev.weir.local.bus.Subscription;
import dev.weir.local.bus.Ticker;
import dev.weir.local.kinesis.KinesisModel;
import dev.weir.local.lambda.FunctionSettings;
import dev.weir.local.lambda.InProcessFunction;
import dev.weir.local.mapping.MappingListener;
import dev.weir.local.mapping.ModelShards;
import dev.weir.local.mapping.Outcome;
import dev.weir.queue.QueueName;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Everything that runs on a bus that is up: the ingest, the bots, their ticks. Each is a function in this JVM. */
final class Programs {
    private static final Duration FUNCTION_TIMEOUT = Duration.ofMinutes(5);
    private static final Duration ARCHIVE_FIRST = Duration.ofMinutes(1);
    private static final Duration ARCHIVE_PERIOD = Duration.ofHours(1);
    private static final String EVERY_MINUTE = "* * * * *";
    private static final int FUNCTION_MEGABYTES = 1_024;

    private final Connection connection;
    private final KinesisModel model;
    private final UpOptions options;
    private final Closing closing;
    private final Functions functions;
    private final Controls controls;
    private final Trigger trigger;

    /** @param closing stops what is started */
    Programs(Connection connection, KinesisModel model, UpOptions options, Closing closing) {
        this.connection = connection;
        this.model = model;
        this.options = options;
        this.closing = closing;
        this.functions = new Functions(options.log());
        this.controls = connection.controls();
        this.trigger = new Trigger(connection, functions, options.data(), options.log(), closing);
    }

    /** The logical names of the streams that are read. */
    static Set<String> streams(UpOptions options) {
        Set<String> streams = new TreeSet<>(Set.of(Bus.EVENTS));
        options.bots().forEach(bot -> streams.add(bot.source().stream()));
        return streams;
    }

    /** The trigger begins when the bots are there that it may run. */
    void start() {
        streamBot(Ingest.GRAPH, Bus.EVENTS);
        for (Graph<?, ?, ?> bot : options.bots()) {
            switch (bot.source().from()) {
                case From.Stream(String stream) -> streamBot(bot, stream);
                case From.Queues(List<String> queues) -> queueBot(bot, queues);
            }
        }
        archive();
        closing.add(functions);
        trigger.start(closing);
    }

    private void archive() {
        InProcessFunction function =
                function("archive", () -> new ArchiveHandler(connection.wiring(), connection.objects()));
        closing.add(Schedule.start("archive", ARCHIVE_FIRST, ARCHIVE_PERIOD, function, options.log()));
    }

    private void streamBot(Graph<?, ?, ?> bot, String stream) {
        Wiring wiring = connection.wiring();
        subscribe(bot.name(), stream, () -> handler(bot, wiring));
        closing.add(Ticker.start(wiring, bot));
        controls.register(Registration.onStream(bot.name(), stream));
    }

    /** The trigger invokes it. */
    private void queueBot(Graph<?, ?, ?> bot, List<String> queues) {
        functions.add(bot.name(), function(bot.name(), () -> queueHandler(bot)));
        Registration registration = Registration.onQueues(
                bot.name(), bot.name(), queues.stream().map(QueueName::of).toList());
        controls.register(bot.isTimed() ? registration.at(EVERY_MINUTE) : registration);
    }

    private <T, V, R> RequestStreamHandler queueHandler(Graph<T, V, R> bot) {
        return new QueueBotHandler<T, V, R>(bot, connection.wiring(), connection.objects(), functions, 1) {};
    }

    private static <T, V, R> RequestStreamHandler handler(Graph<T, V, R> bot, Wiring wiring) {
        return new BotHandler<T, V, R>(bot, wiring) {};
    }

    private void subscribe(String name, String stream, Supplier<RequestStreamHandler> handler) {
        String physical = connection.bus().stream(stream);
        InProcessFunction function = function(name, handler);
        var _ = new Subscription(Up.REGION, physical, name, options.data())
                .start(
                        new ModelShards(model, physical),
                        function,
                        wakingTrigger(),
                        connection.wiring().time(),
                        closing);
    }

    private MappingListener wakingTrigger() {
        return new MappingListener() {
            @Override
            public void batchFinished(BatchInfo batch, Outcome outcome, @Nullable String error) {
                trigger.wake();
            }
        };
    }

    private InProcessFunction function(String name, Supplier<RequestStreamHandler> handler) {
        FunctionSettings settings = FunctionSettings.of(name, "in this process")
                .withMemory(FUNCTION_MEGABYTES)
                .timingOutAfter(FUNCTION_TIMEOUT);
        return closing.add(new InProcessFunction(settings, handler, options.log()));
    }
}
