package dev.weir.bench;

import dev.weir.bot.Bot;
import dev.weir.bot.Bots;
import dev.weir.graph.Graph;
import dev.weir.local.up.Connection;
import dev.weir.local.up.Up;
import dev.weir.local.up.UpOptions;
import dev.weir.model.Json;
import dev.weir.queue.NewEvent;
import dev.weir.queue.Position;
import dev.weir.queue.QueueName;
import dev.weir.queue.QueueReader;
import dev.weir.queue.ReadLimits;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** From the put of one event on a local bus until it can be read, and until a bot on its queue has it. */
@Command(
        name = "latency",
        mixinStandardHelpOptions = true,
        description =
                "One event at a time on a local bus: put until readable, and put until a bot on the queue is called with it.")
final class LatencyBench implements Callable<Integer> {
    private static final QueueName QUEUE = QueueName.of("bench.latency");
    private static final Duration POLL = Duration.ofMillis(1);
    private static final int WAIT_SECONDS_MAX = 60;

    private final BlockingQueue<Long> called = new LinkedBlockingQueue<>();

    @Option(
            names = "--events",
            paramLabel = "N",
            defaultValue = "500",
            description = "How many are measured. Default: ${DEFAULT-VALUE}.")
    private int events;

    @Option(
            names = "--warm-up",
            paramLabel = "N",
            defaultValue = "200",
            description = "How many go before. Default: ${DEFAULT-VALUE}.")
    private int warmUp;

    @Override
    public Integer call() throws InterruptedException {
        Graph<?, ?, ?> bot = Bots.offload("bench-latency", QUEUE.key(), _ -> called.add(System.nanoTime()));
        Figures readable = new Figures();
        Figures invoked = new Figures();
        try (Up up = Up.start(UpOptions.defaults().running(Bot.of(bot)))) {
            Connection bus = up.connection();
            QueueReader reader = bus.queues().reader(QUEUE, Position.beginning());
            for (int i = 0; i < warmUp + events; i++) {
                Figures.progress("%,d of %,d", i, warmUp + events);
                one(bus, reader, i < warmUp ? new Figures() : readable, i < warmUp ? new Figures() : invoked);
            }
        }
        Figures.progressDone();
        print("put until readable", readable);
        print("put until the bot is called", invoked);
        return 0;
    }

    private void one(Connection bus, QueueReader reader, Figures readable, Figures invoked)
            throws InterruptedException {
        long start = System.nanoTime();
        bus.queues()
                .put(
                        bus.wiring().streams(),
                        UUID.randomUUID().toString(),
                        RandomGenerator.getDefault(),
                        List.of(NewEvent.of("bench", QUEUE, Json.of("{\"ping\":true}"))));
        while (reader.next(ReadLimits.DEFAULTS).orThrow().entries().isEmpty()) {
            bus.wiring().time().pause(POLL);
        }
        readable.add((System.nanoTime() - start) / 1e6);
        Long at = called.poll(WAIT_SECONDS_MAX, TimeUnit.SECONDS);
        if (at == null) {
            throw new IllegalStateException("the bot was not called: seconds=" + WAIT_SECONDS_MAX);
        }
        invoked.add((at - start) / 1e6);
    }

    private static void print(String what, Figures millis) {
        Figures.print(
                "%-28s p50 %,8.1f ms   p99 %,8.1f ms   most %,8.1f ms",
                what, millis.median(), millis.quantile(0.99), millis.highest());
    }
}
