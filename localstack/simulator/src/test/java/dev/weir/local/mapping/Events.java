package dev.weir.local.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.local.mapping.DiscardedBatch.Condition;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Hears a mapping and lets a test wait for what it hears. */
final class Events implements MappingListener {
    private static final long SECONDS_MAX = 20;

    private final BlockingQueue<String> events = new LinkedBlockingQueue<>();
    private final List<String> heard = new ArrayList<>();

    @Override
    public void batchStarted(BatchInfo batch) {
        events.add("call " + span(batch));
    }

    @Override
    public void batchFinished(BatchInfo batch, Outcome outcome, @Nullable String error) {
        events.add(outcome + " " + span(batch));
    }

    @Override
    public void batchDiscarded(BatchInfo batch, Condition condition) {
        events.add("discard " + span(batch) + " " + condition);
    }

    @Override
    public void shardStarted(String shardId, Position from) {
        events.add("start " + shardId + " " + from.text());
    }

    @Override
    public void shardEnded(String shardId) {
        events.add("end " + shardId);
    }

    @Override
    public void troubled(String shardId, RuntimeException trouble) {
        events.add("trouble " + shardId + " " + trouble.getMessage());
    }

    private static String span(BatchInfo batch) {
        return batch.shardId() + ":" + batch.firstSequenceNumber() + "-" + batch.lastSequenceNumber();
    }

    /** Waits for an event; what comes before it is heard, too. */
    Events await(String event) throws InterruptedException {
        if (heard.contains(event)) {
            return this;
        }
        for (String next = ""; !next.equals(event); ) {
            next = events.poll(SECONDS_MAX, TimeUnit.SECONDS);
            assertThat(next).as("waiting for '%s', heard %s", event, heard).isNotNull();
            heard.add(next);
        }
        return this;
    }

    /** All events up to the last one waited for. */
    List<String> heard() {
        return heard;
    }
}
