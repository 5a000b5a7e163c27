package dev.weir.local.bus;

import dev.weir.functions.Wiring;
import dev.weir.graph.Graph;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** The schedule that ticks a bot, as a schedule does on AWS once a minute; here more often, since somebody waits. */
public final class Ticker implements AutoCloseable {
    private static final Duration PERIOD = Duration.ofSeconds(5);
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final ScheduledExecutorService schedule;

    private Ticker(ScheduledExecutorService schedule) {
        this.schedule = schedule;
    }

    public static Ticker start(Wiring wiring, Graph<?, ?, ?> graph) {
        ScheduledExecutorService schedule = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("tick").factory());
        var _ = schedule.scheduleWithFixedDelay(
                () -> tick(wiring, graph), PERIOD.toMillis(), PERIOD.toMillis(), TimeUnit.MILLISECONDS);
        return new Ticker(schedule);
    }

    private static void tick(Wiring wiring, Graph<?, ?, ?> graph) {
        try {
            wiring.spine(graph, UUID.randomUUID().toString()).tick(wiring.time().epochMillis() + TIMEOUT.toMillis());
        } catch (RuntimeException _) {
            // The next tick does what this one could not.
        }
    }

    @Override
    public void close() {
        schedule.shutdownNow();
    }
}
