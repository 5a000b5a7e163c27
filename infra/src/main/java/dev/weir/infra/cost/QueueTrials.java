package dev.weir.infra.cost;

import dev.weir.bot.QueueBot;
import dev.weir.bot.RunOutcome;
import dev.weir.cron.Controls;
import dev.weir.cron.Cron;
import dev.weir.cron.Registration;
import dev.weir.cron.Waker;
import dev.weir.graph.Graph;
import dev.weir.infra.BusConfig;
import dev.weir.port.Attribute;
import dev.weir.port.InvokeOutcome;
import dev.weir.port.Item;
import dev.weir.queue.QueueName;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Bots on queues, as the bus runs them: a head moves, their rows change, they are invoked. One thread. */
final class QueueTrials {

    /** Names of the functions that wake bots, for the bill. */
    static final String HEADS = "heads";

    static final String CRON = "cron";

    private static final Duration TIMEOUT = Duration.ofMinutes(5);

    /** Bots behind bots behind bots that are run in one round; what goes round in a circle ends here. */
    private static final int DEPTH_MAX = 8;

    private final World world;
    private final BusConfig config;
    private final Pace pace;
    private final Map<String, QueueBot<?, ?, ?>> bots = new LinkedHashMap<>();
    private final Map<String, String> heads = new HashMap<>();
    private final Deque<Invoked> invoked = new ArrayDeque<>();
    private final Waker waker;
    private final Cron cron;
    private long requests;

    private record Invoked(String bot, byte[] payload) {}

    QueueTrials(World world, BusConfig config, Pace pace) {
        this.world = world;
        this.config = config;
        this.pace = pace;
        this.waker = new Waker(
                world.bus.cron(),
                world.bus.heads(),
                world.items,
                world.bus.lanes().count(),
                world.time);
        this.cron = new Cron(world.bus.cron(), world.items, this::invoked, world.time);
    }

    private InvokeOutcome invoked(String function, byte[] payload) {
        invoked.add(new Invoked(function, payload));
        return InvokeOutcome.ACCEPTED;
    }

    <T, V, R> void add(Graph<T, V, R> graph) {
        world.meter.turnOf(graph.name());
        List<QueueName> queues =
                graph.source().queues().stream().map(QueueName::of).toList();
        new Controls(world.bus.cron(), world.items, world.time)
                .register(Registration.onQueues(graph.name(), graph.name(), queues));
        bots.put(
                graph.name(),
                new QueueBot<>(
                        graph, world.bus, world.items, world.queues, world.time, this::invoked, 1, world.spine(graph)));
    }

    /** The bots. */
    List<String> names() {
        return List.copyOf(bots.keySet());
    }

    /** Wakes and runs, until no head moves. */
    void run() {
        for (int depth = 0; depth < DEPTH_MAX; depth++) {
            Map<String, String> moved = moved();
            if (bots.isEmpty() || moved.isEmpty()) {
                return;
            }
            bill(HEADS, config.bot(HEADS).memoryMb());
            consider(waker.wake(moved).bots());
            while (!invoked.isEmpty()) {
                Invoked next = invoked.removeFirst();
                run(next);
                consider(List.of(next.bot()));
            }
            world.time.advance(Duration.ofMillis(1));
        }
    }

    private void consider(List<String> woken) {
        if (!woken.isEmpty()) {
            bill(CRON, config.bot(CRON).memoryMb());
            cron.round(woken);
        }
    }

    private void run(Invoked invocation) {
        Meter.Count count = world.meter.turnOf(invocation.bot());
        long commits = count.transactions;
        QueueBot<?, ?, ?> bot = Optional.ofNullable(bots.get(invocation.bot())).orElseThrow();
        long entries = bot.invoked(invocation.payload(), "cost-" + ++requests, TIMEOUT.toMillis())
                .map(outcome -> entries(invocation.bot(), outcome))
                .orElse(0L);
        double ofLane = Math.ceil((double) (count.transactions - commits)
                / Math.max(1, world.bus.lanes().count()));
        count.events += entries;
        count.invocations++;
        count.functionMillis += pace.invocationMillis(
                entries, ofLane, config.bot(invocation.bot()).memoryMb());
    }

    private static long entries(String bot, RunOutcome outcome) {
        if (outcome instanceof RunOutcome.Failed failed) {
            throw new IllegalStateException("the bot failed on its sample: bot=" + bot + " reason=" + failed.reason());
        }
        return outcome.entries();
    }

    private Map<String, String> moved() {
        Map<String, String> moved = new HashMap<>();
        for (Item head : world.plain.scan(world.bus.heads())) {
            if (head.get("max_eid") instanceof Attribute.Text eid
                    && !eid.value().equals(heads.put(head.key().partition(), eid.value()))) {
                moved.put(head.key().partition(), eid.value());
            }
        }
        return moved;
    }

    private void bill(String function, int memoryMb) {
        Meter.Count count = world.meter.turnOf(function);
        count.invocations++;
        count.functionMillis += pace.invocationMillis(0, 1, memoryMb);
    }
}
