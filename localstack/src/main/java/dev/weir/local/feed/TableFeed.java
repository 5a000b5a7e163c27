package dev.weir.local.feed;

import dev.weir.local.mapping.FunctionErrorException;
import dev.weir.local.mapping.FunctionInvoker;
import dev.weir.local.mapping.Position;
import dev.weir.local.mapping.Positions;
import dev.weir.model.SequenceNumber;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import software.amazon.awssdk.services.dynamodb.model.Record;
import software.amazon.awssdk.services.dynamodb.model.Shard;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

/**
 * Reads the changes of one table and calls a function with them, in order, page by page, until it succeeds. It starts at the oldest change
 * there is, or behind where it was. One thread; call {@link #start} once and {@link #close} at the end.
 */
public final class TableFeed implements AutoCloseable {

    /** How often the table is asked for changes when nobody knows of one. */
    public static final Duration POLL = Duration.ofMillis(50);

    private static final Duration LISTING = Duration.ofSeconds(2);
    private static final Duration PAUSE_FIRST = Duration.ofMillis(100);
    private static final Duration PAUSE_MAX = Duration.ofSeconds(5);
    private static final Duration END_MAX = Duration.ofSeconds(10);

    private final TableShards shards;
    private final TableEventJson json;
    private final FunctionInvoker function;
    private final Positions positions;
    private final Consumer<String> log;
    private final Giving giving;
    private final Map<String, Integer> failuresByShard = new HashMap<>();
    private final Semaphore wakes = new Semaphore(0);
    private final Thread thread;
    private volatile boolean isStopping;
    private List<Shard> listed = List.of();
    private long listAtNanos;
    private int failures;

    /**
     * How changes are given.
     *
     * @param batchMax most of them at once, from 1; no more than a page of {@value TableShards#PAGE_MAX} in any case
     * @param retriesMax how often a batch is tried again before it is passed over, or -1 for no limit. It is passed over whole: it is not
     *     split, as Lambda does if it is told to.
     */
    public record Giving(int batchMax, int retriesMax) {

        /** Page by page, without end. */
        public static final Giving DEFAULT = new Giving(TableShards.PAGE_MAX, -1);
    }

    /** Gives changes as {@link Giving#DEFAULT} says. */
    public TableFeed(
            DynamoDbStreamsClient client,
            String streamArn,
            String region,
            FunctionInvoker function,
            Positions positions,
            Consumer<String> log) {
        this(client, streamArn, region, function, positions, Giving.DEFAULT, log);
    }

    /**
     * @param streamArn of the table's stream
     * @param function is called by one thread; not closed here
     * @param positions where an earlier feed stopped; empty for a first start
     * @param log takes a line for each failure
     */
    public TableFeed(
            DynamoDbStreamsClient client,
            String streamArn,
            String region,
            FunctionInvoker function,
            Positions positions,
            Giving giving,
            Consumer<String> log) {
        this.shards = new TableShards(client, streamArn);
        this.json = new TableEventJson(streamArn, region);
        this.function = function;
        this.positions = positions;
        this.giving = giving;
        this.log = log;
        this.thread = Thread.ofPlatform().daemon().name("feed-" + streamArn).unstarted(this::run);
    }

    /** Begins to read. */
    public TableFeed start() {
        listAtNanos = System.nanoTime();
        thread.start();
        return this;
    }

    /** Looks for changes now: for who knows that there are some. */
    public void wake() {
        wakes.release();
    }

    private void run() {
        while (!isStopping) {
            try {
                boolean found = pass();
                failures = 0;
                pause(found ? Duration.ZERO : POLL);
            } catch (RuntimeException | FunctionErrorException e) {
                if (!isStopping) {
                    log.accept("changes of a table are tried again: thread=" + thread.getName() + " reason=" + e);
                }
                pause(backoff());
            }
        }
    }

    private Duration backoff() {
        Duration pause = PAUSE_FIRST.multipliedBy(1L << Math.min(failures++, 10));
        return pause.compareTo(PAUSE_MAX) > 0 ? PAUSE_MAX : pause;
    }

    private void pause(Duration atMost) {
        try {
            if (wakes.tryAcquire(atMost.toNanos(), TimeUnit.NANOSECONDS)) {
                wakes.drainPermits();
            }
        } catch (InterruptedException e) {
            isStopping = true;
        }
    }

    /** Once through all shards; whether there was anything. A child waits until its parent is done. */
    private boolean pass() throws FunctionErrorException {
        list();
        Map<String, Position> done = positions.load();
        boolean found = false;
        for (Shard shard : listed) {
            Position position = done.getOrDefault(shard.shardId(), Position.TRIM_HORIZON);
            boolean isReady = shard.parentShardId() == null
                    || listed.stream().noneMatch(other -> other.shardId().equals(shard.parentShardId()))
                    || done.get(shard.parentShardId()) instanceof Position.End;
            if (isReady && !(position instanceof Position.End)) {
                found |= page(shard.shardId(), position);
            }
        }
        return found;
    }

    private boolean page(String shardId, Position position) throws FunctionErrorException {
        TableShards.Read read = shards.read(shardId, position);
        List<Record> records = read.records();
        for (int from = 0; from < records.size(); from += giving.batchMax()) {
            deliver(shardId, records.subList(from, Math.min(records.size(), from + giving.batchMax())));
        }
        if (read.isEnd()) {
            positions.save(shardId, Position.END);
            listAtNanos = System.nanoTime();
        }
        return read.isEnd() || !read.records().isEmpty();
    }

    private void deliver(String shardId, List<Record> records) throws FunctionErrorException {
        boolean delivered = false;
        try {
            function.invoke(json.write(records));
            delivered = true;
        } catch (FunctionErrorException e) {
            if (!isPassedOver(shardId)) {
                throw e;
            }
            delivered = true;
            log.accept("changes of a table are passed over: thread=" + thread.getName() + " changes=" + records.size()
                    + " retries=" + giving.retriesMax() + " reason=" + e.getMessage());
        } finally {
            if (!delivered) {
                shards.forget(shardId);
            }
        }
        failuresByShard.remove(shardId);
        String last = records.getLast().dynamodb().sequenceNumber();
        positions.save(shardId, new Position.After(new SequenceNumber(last)));
    }

    private boolean isPassedOver(String shardId) {
        int failed = failuresByShard.merge(shardId, 1, Integer::sum);
        return giving.retriesMax() >= 0 && failed > giving.retriesMax();
    }

    private void list() {
        long now = System.nanoTime();
        if (now - listAtNanos >= 0) {
            listed = shards.list();
            listAtNanos = now + LISTING.toNanos();
        }
    }

    /** Returns when the thread has ended, or after a bounded time. */
    @Override
    public void close() {
        isStopping = true;
        wake();
        try {
            thread.join(END_MAX);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
