package dev.weir.local.mapping;

import dev.weir.port.Shard;
import dev.weir.port.Time;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Reads a stream and calls a function with its records, as the event source mapping of Lambda does for Kinesis: one virtual thread a shard,
 * each led by a {@link ShardPoller}; children of a reshard start when their parents are done.
 *
 * <p>A failing function blocks its shard, not the others. A source, position store or failure destination that throws is reported to the
 * listener and tried again. Call {@link #start} once and {@link #close} at the end; all methods are thread-safe.
 */
public final class EventSourceMapping implements AutoCloseable {
    /** How often the shards are listed anew when no shard has ended. */
    public static final Duration DISCOVERY_INTERVAL = Duration.ofSeconds(2);

    /** How long {@link #close} lets running invocations finish. */
    public static final Duration DRAIN_DEFAULT = Duration.ofSeconds(30);

    private static final Duration LEAVE_MAX = Duration.ofSeconds(5);
    private static final String LISTING = "-";

    private final Parts parts;
    private final Semaphore ends = new Semaphore(0);
    private final Set<String> started = new HashSet<>();
    private final AtomicBoolean running = new AtomicBoolean();

    /** What the workers share. */
    record Parts(
            MappingSettings settings,
            ShardSource source,
            FunctionInvoker function,
            Positions positions,
            FailureDestination failures,
            MappingListener listener,
            Time time,
            MappingCounters counters,
            Gate gate) {}

    /**
     * @param function is called by as many threads as there are shards; not closed here
     * @param positions where an earlier mapping stopped; empty for a first start
     * @param time stamps discards and measures windows, ages and pauses
     */
    public EventSourceMapping(
            MappingSettings settings,
            ShardSource source,
            FunctionInvoker function,
            Positions positions,
            FailureDestination failures,
            MappingListener listener,
            Time time) {
        this.parts = new Parts(
                settings, source, function, positions, failures, listener, time, new MappingCounters(), new Gate());
    }

    /** Begins to read, on threads of its own. */
    public EventSourceMapping start() {
        if (!running.compareAndSet(false, true)) {
            throw new IllegalStateException(
                    "a mapping is started once: streamArn=" + parts.settings().streamArn());
        }
        Thread.ofVirtual().name("mapping-shards").start(this::discover);
        return this;
    }

    /** No further invocation begins until {@link #resume}; those that run go on. */
    public void pause() {
        parts.gate().pause();
    }

    public void resume() {
        parts.gate().resume();
    }

    /** Waits until no invocation runs; false when the time has passed before. Lasting only while paused. */
    public boolean awaitQuiet(Duration atMost) throws InterruptedException {
        return parts.gate().awaitQuiet(atMost);
    }

    /**
     * Begins no further invocation and waits for those that run. What is over the time is interrupted and its outcome ignored: its records
     * come again at the next start.
     *
     * @return whether every invocation ended in time
     */
    public boolean stop(Duration drain) {
        parts.gate().stop();
        try {
            boolean drained = parts.gate().awaitQuiet(drain);
            parts.gate().abandon();
            return parts.gate().awaitEmpty(LEAVE_MAX) && drained;
        } catch (InterruptedException e) {
            parts.gate().abandon();
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public void close() {
        stop(DRAIN_DEFAULT);
    }

    public MappingCounters.Snapshot counters() {
        return parts.counters().snapshot();
    }

    private void discover() {
        parts.gate().join();
        try {
            while (!parts.gate().isStopped()) {
                startReadable();
                if (ends.tryAcquire(DISCOVERY_INTERVAL.toMillis(), TimeUnit.MILLISECONDS)) {
                    ends.drainPermits();
                }
            }
        } catch (InterruptedException e) {
            // the mapping stops
        } finally {
            parts.gate().leave();
        }
    }

    private void startReadable() {
        try {
            List<Shard> shards = parts.source().shards();
            Map<String, Position> positions = withStarts(shards);
            for (Shard shard : Lineage.readable(shards, positions)) {
                if (started.add(shard.id())) {
                    startWorker(shard.id(), positions.getOrDefault(shard.id(), laterStart()));
                }
            }
        } catch (RuntimeException trouble) {
            if (!parts.gate().isStopped()) {
                parts.listener().troubled(LISTING, trouble);
            }
        }
    }

    private void startWorker(String shardId, Position from) {
        var worker = new ShardWorker(shardId, from, parts, ends::release);
        Thread.ofVirtual().name("mapping-" + shardId).start(worker);
    }

    /** At the first start of all, what exists begins at the starting position; that is kept, so that a restart knows it was not later. */
    private Map<String, Position> withStarts(List<Shard> shards) {
        var positions = new HashMap<>(parts.positions().load());
        if (positions.isEmpty()) {
            for (Shard shard : shards) {
                parts.positions().save(shard.id(), parts.settings().start());
                positions.put(shard.id(), parts.settings().start());
            }
        }
        return positions;
    }

    /** A shard that appeared after the first start is read whole; with a timestamp, from there on: it may lie in the future. */
    private Position laterStart() {
        return parts.settings().start() instanceof Position.AtTimestamp timestamp ? timestamp : Position.TRIM_HORIZON;
    }
}
