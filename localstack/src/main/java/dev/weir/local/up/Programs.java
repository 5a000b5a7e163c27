package dev.weir.local.up;

import dev.weir.bot.Bot;
import dev.weir.cron.Controls;
import dev.weir.cron.Decide;
import dev.weir.cron.Decision;
import dev.weir.functions.BotFunction;
import dev.weir.functions.archive.ArchiveHandler;
import dev.weir.functions.ingest.Ingest;
import dev.weir.functions.trigger.BotRows;
import dev.weir.graph.Source.From;
import dev.weir.local.bus.Closing;
import dev.weir.local.bus.Subscription;
import dev.weir.local.kinesis.KinesisModel;
import dev.weir.local.lambda.FunctionSettings;
import dev.weir.local.lambda.InProcessFunction;
import dev.weir.local.mapping.MappingListener;
import dev.weir.local.mapping.ModelShards;
import dev.weir.local.mapping.Outcome;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Everything that runs on a bus that is up: the ingest, the bots, their ticks. Each is a function in this JVM. */
final class Programs {
    private static final Duration FUNCTION_TIMEOUT = Duration.ofMinutes(5);
    private static final Duration ARCHIVE_FIRST = Duration.ofMinutes(1);
    private static final Duration ARCHIVE_PERIOD = Duration.ofHours(1);

    /** On AWS once a minute; here more often, since somebody waits. */
    private static final Duration TICK_PERIOD = Duration.ofSeconds(5);

    private static final byte[] TICK = "{\"tick\":true}".getBytes(StandardCharsets.US_ASCII);
    private static final int FUNCTION_MEGABYTES = 1_024;

    private final Connection connection;
    private final KinesisModel model;
    private final UpOptions options;
    private final Closing closing;
    private final Copies copies;
    private final Functions functions;
    private final Controls controls;
    private final Trigger trigger;

    /** @param closing stops what is started */
    Programs(Connection connection, KinesisModel model, UpOptions options, Closing closing) {
        this.connection = connection;
        this.model = model;
        this.options = options;
        this.closing = closing;
        this.copies = closing.add(new Copies(connection, options.log()));
        this.functions = new Functions(options.log());
        this.controls = connection.controls();
        this.trigger = new Trigger(connection, functions, options.data(), options.log(), closing);
    }

    /** The trigger begins when the bots are there that it may run. */
    void start() {
        run(Bot.of(Ingest.GRAPH));
        options.bots().forEach(this::run);
        archive();
        closing.add(functions);
        trigger.start(closing);
    }

    private void archive() {
        FunctionSettings settings = settings("archive");
        InProcessFunction function = closing.add(new InProcessFunction(
                settings, () -> new ArchiveHandler(connection.wiring(), connection.objects()), options.log()));
        closing.add(Schedule.start("archive", ARCHIVE_FIRST, ARCHIVE_PERIOD, function, options.log()));
    }

    private void run(Bot bot) {
        InProcessFunction function = closing.add(new InProcessFunction(
                settings(bot.name()), () -> new BotFunction(bot, copies.next(), functions, 1), options.log()));
        switch (bot) {
            case Bot.Reader reader -> {
                switch (reader.graph().source().from()) {
                    case From.Stream(String stream) -> {
                        streamBot(bot.name(), stream, function);
                        controls.register(BotRows.registration(bot, bot.name()));
                    }
                    case From.Queues _ -> invoked(bot, function);
                }
            }
            case Bot.Source source -> {
                invoked(bot, function);
                source.wakers()
                        .forEach(table -> trigger.giveChanges(connection.bus().rows(table), function));
            }
        }
    }

    private void streamBot(String bot, String stream, InProcessFunction function) {
        String physical = connection.bus().stream(stream);
        var _ = new Subscription(Up.REGION, physical, bot, options.data())
                .start(
                        new ModelShards(model, physical),
                        function,
                        wakingTrigger(),
                        connection.wiring().time(),
                        closing);
        closing.add(Schedule.start("tick-" + bot, TICK_PERIOD, TICK_PERIOD, _ -> function.invoke(TICK), options.log()));
    }

    /** The trigger invokes it. */
    private void invoked(Bot bot, InProcessFunction function) {
        functions.add(bot.name(), function);
        controls.register(BotRows.registration(bot, bot.name()));
        endDeadRun(bot.name());
    }

    /** Whatever ran before this bus was started was killed with it; nobody need wait until that is noticed. */
    private void endDeadRun(String bot) {
        long now = connection.wiring().time().epochMillis();
        connection
                .rows()
                .find(bot)
                .filter(row -> Decide.of(row, now) instanceof Decision.Wait(Decision.Wait.Why why, long _)
                        && why == Decision.Wait.Why.RUNNING)
                .ifPresent(_ -> controls.run(bot, Controls.Force.NOW));
    }

    private MappingListener wakingTrigger() {
        return new MappingListener() {
            @Override
            public void batchFinished(BatchInfo batch, Outcome outcome, @Nullable String error) {
                trigger.wake();
            }
        };
    }

    private static FunctionSettings settings(String name) {
        return FunctionSettings.of(name, "in this process")
                .withMemory(FUNCTION_MEGABYTES)
                .timingOutAfter(FUNCTION_TIMEOUT);
    }
}
