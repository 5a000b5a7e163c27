package dev.weir.local.up;

import dev.weir.local.mapping.FunctionErrorException;
import dev.weir.local.mapping.FunctionInvoker;
import dev.weir.local.template.ScheduleResource;
import dev.weir.local.template.ScheduleResource.Every;
import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Invokes functions by schedules as EventBridge Scheduler does: a rate begins at once, times are of UTC, and an invocation does not wait for the
 * one before. A failure is logged. At the end what runs is interrupted, since a function may look around for a minute. Thread-safe.
 */
final class Clock implements AutoCloseable {
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("clock").factory());
    private final Set<Thread> running = ConcurrentHashMap.newKeySet();
    private final LongSupplier epochMillis;
    private final Consumer<String> log;

    Clock(LongSupplier epochMillis, Consumer<String> log) {
        this.epochMillis = epochMillis;
        this.log = log;
    }

    /** Begins a schedule. */
    void add(ScheduleResource schedule, FunctionInvoker function) {
        switch (schedule.every()) {
            case Every.Rate rate -> {
                var _ = thread.scheduleAtFixedRate(
                        () -> start(schedule, function), 0, rate.period().toMillis(), TimeUnit.MILLISECONDS);
            }
            case Every.Cron cron -> next(schedule, cron, function);
        }
    }

    private void next(ScheduleResource schedule, Every.Cron cron, FunctionInvoker function) {
        long now = epochMillis.getAsLong();
        OptionalLong at = cron.times().after(now);
        if (at.isPresent() && !thread.isShutdown()) {
            var _ = thread.schedule(
                    () -> {
                        start(schedule, function);
                        next(schedule, cron, function);
                    },
                    at.getAsLong() - now,
                    TimeUnit.MILLISECONDS);
        }
    }

    private void start(ScheduleResource schedule, FunctionInvoker function) {
        Thread run = Thread.ofVirtual().name("clock-" + schedule.name()).unstarted(() -> invoke(schedule, function));
        running.add(run);
        run.start();
    }

    private void invoke(ScheduleResource schedule, FunctionInvoker function) {
        try {
            function.invoke(schedule.input().getBytes(StandardCharsets.UTF_8));
        } catch (FunctionErrorException | RuntimeException e) {
            if (!thread.isShutdown()) {
                log.accept("weir: a scheduled function failed: schedule=" + schedule.name() + " function="
                        + schedule.function().text() + " reason=" + e.getMessage());
            }
        } finally {
            running.remove(Thread.currentThread());
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
        running.forEach(Thread::interrupt);
    }
}
