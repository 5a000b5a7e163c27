package dev.weir.local.simulate;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.weir.bot.QueueBot;
import dev.weir.cron.Controls;
import dev.weir.cron.Registration;
import dev.weir.flow.Bus;
import dev.weir.flow.Spine;
import dev.weir.functions.Wiring;
import dev.weir.functions.trigger.CronHandler;
import dev.weir.functions.trigger.CronTick;
import dev.weir.functions.trigger.HeadsHandler;
import dev.weir.functions.trigger.TriggerWiring;
import dev.weir.graph.Graph;
import dev.weir.local.simulator.Fault;
import dev.weir.local.simulator.Stage;
import dev.weir.local.simulator.StartedFunction;
import dev.weir.queue.QueueName;
import dev.weir.queue.Queues;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What runs on a bus besides the ingest: the trigger, the schedule, and bots on queues. */
final class BusPlant {
    private static final String HEADS = "heads";
    private static final String ROWS = "rows";
    private static final String TICK = "cron-tick";
    private static final int TICK_MILLIS = 60_000;

    /** So much time lets the schedule's function look a few times; it holds the world up meanwhile. */
    private static final long LOOKS_MILLIS = 6_500;

    private static final byte[] NO_EVENT = "{}".getBytes(StandardCharsets.US_ASCII);

    private final Stage stage;
    private final Bus bus;

    BusPlant(Bus bus, Stage stage) {
        this.bus = bus;
        this.stage = stage;
    }

    /** The functions that wake bots and invoke them. */
    void trigger() {
        stage.function(HEADS, handler(HeadsHandler::new, Long.MAX_VALUE));
        stage.function(ROWS, handler(CronHandler::new, Long.MAX_VALUE));
        stage.function(TICK, handler(CronTick::new, LOOKS_MILLIS));
        stage.feed(bus.heads(), HEADS);
        stage.feed(bus.cron(), ROWS);
        stage.inBackground(TICK_MILLIS, this::scheduled);
    }

    private void scheduled() {
        if (!stage.strike(Fault.TICK_MISSED)) {
            tick();
        }
        if (stage.strike(Fault.TICK_TWICE)) {
            tick();
        }
        stage.inBackground(TICK_MILLIS, this::scheduled);
    }

    /** The schedule comes round. */
    void tick() {
        stage.invoke(TICK, NO_EVENT, _ -> {});
    }

    private StartedFunction.Factory handler(Function<TriggerWiring, RequestStreamHandler> made, long millisMax) {
        return ports -> {
            Wiring wiring = new Wiring(bus, ports.items(), ports.streams(), ports.time());
            RequestStreamHandler handler = made.apply(TriggerWiring.of(wiring, ports.invoker()));
            return (event, request, millis) -> {
                ByteArrayOutputStream answer = new ByteArrayOutputStream();
                try {
                    handler.handleRequest(
                            new ByteArrayInputStream(event),
                            answer,
                            new SimulatedContext(request, Math.min(millis, millisMax)));
                } catch (IOException e) {
                    throw new UncheckedIOException("memory cannot be read", e);
                }
                return answer.toByteArray();
            };
        };
    }

    /**
     * A bot on queues, and its row.
     *
     * @param graphs asked once for each copy
     * @param instances over how many copies its lanes are spread
     */
    <T, V, R> void bot(Supplier<Graph<T, V, R>> graphs, int instances) {
        Graph<T, V, R> first = graphs.get();
        stage.function(first.name(), ports -> new BotCopy<>(graphs.get(), bus, ports, instances));
        List<QueueName> triggers =
                first.source().queues().stream().map(QueueName::of).toList();
        new Controls(bus.cron(), stage.items(), stage.time())
                .register(Registration.onQueues(first.name(), first.name(), triggers));
    }

    /** As the handler on Lambda does it, but lanes run one after another. */
    private static final class BotCopy<T, V, R> implements StartedFunction {
        private final Graph<T, V, R> graph;
        private final Bus bus;
        private final Ports ports;
        private final int instances;
        private @Nullable QueueBot<T, V, R> bot;

        BotCopy(Graph<T, V, R> graph, Bus bus, Ports ports, int instances) {
            this.graph = graph;
            this.bus = bus;
            this.ports = ports;
            this.instances = instances;
        }

        @Override
        public byte[] run(byte[] event, String requestId, long remainingMillis) {
            return bot().invoked(event, requestId, remainingMillis)
                    .map(Object::toString)
                    .orElse("skipped")
                    .getBytes(StandardCharsets.UTF_8);
        }

        /** Made at the first invocation, when the copy has an incarnation of its own. */
        private QueueBot<T, V, R> bot() {
            if (bot == null) {
                Queues queues = new Queues(bus.queueTables(), ports.items(), ports.objects(), ports.time());
                Spine<T, V, R> spine = new Spine<>(
                        graph,
                        bus,
                        ports.items(),
                        ports.streams(),
                        ports.time(),
                        Runnable::run,
                        ports.incarnations().get());
                bot = new QueueBot<>(
                        graph, bus, ports.items(), queues, ports.time(), ports.invoker(), instances, spine);
            }
            return bot;
        }
    }
}
