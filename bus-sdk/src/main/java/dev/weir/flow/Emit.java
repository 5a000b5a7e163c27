package dev.weir.flow;

import dev.weir.model.Lanes;
import dev.weir.port.Item;
import dev.weir.port.Items;
import dev.weir.port.PutOutcome;
import dev.weir.port.StreamRecord;
import dev.weir.port.Streams;
import dev.weir.port.Time;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Step 60-emit: sends what a lane's commits put into its outbox, and then forgets it. Thread-safe.
 *
 * <p>What is sent twice, because the forgetting did not happen, has the same numbers twice and is dropped by the receiver. So order and
 * uniqueness do not depend on this step; only arrival does, and a batch is not acknowledged before it.
 */
final class Emit {
    private final Streams streams;
    private final String own;
    private final Streams ownStreams;
    private final Items items;
    private final Lanes lanes;
    private final Time time;

    /**
     * @param streams takes what goes to other streams
     * @param own physical name of the stream that the bot's lanes send each other
     * @param ownStreams takes what goes there
     */
    Emit(Streams streams, String own, Streams ownStreams, Items items, Lanes lanes, Time time) {
        this.streams = streams;
        this.own = own;
        this.ownStreams = ownStreams;
        this.items = items;
        this.lanes = lanes;
        this.time = time;
    }

    /** Sends all that is unsent, until the deadline; answers whether nothing is left. */
    boolean send(Lane<?, ?> lane, long deadlineMillis) {
        if (lane.unsent.isEmpty()) {
            return true;
        }
        for (Item item : List.copyOf(lane.unsent)) {
            if (!sendItem(item, deadlineMillis)) {
                return false;
            }
        }
        items.deleteAll(lane.unsent.stream().map(Item::key).toList());
        lane.unsent.clear();
        return true;
    }

    private boolean sendItem(Item item, long deadlineMillis) {
        Deque<StreamRecord> waiting = new ArrayDeque<>();
        LaneStore.records(item)
                .forEach(record -> waiting.add(new StreamRecord(
                        "lane-" + record.getKey(),
                        lanes.firstHash(record.getKey()).toString(),
                        record.getValue())));
        Backoff backoff = new Backoff(time, deadlineMillis);
        while (!waiting.isEmpty()) {
            boolean progress = putSome(item.text("stream"), waiting);
            if (!progress && !backoff.pause()) {
                return false;
            }
        }
        return true;
    }

    /** Puts the first records that one request takes; those that were not accepted stay. */
    private boolean putSome(String stream, Deque<StreamRecord> waiting) {
        List<StreamRecord> request = new ArrayList<>();
        long bytes = 0;
        while (!waiting.isEmpty()
                && request.size() < Streams.PUT_RECORDS_MAX
                && bytes + size(waiting.getFirst()) <= Streams.PUT_BYTES_MAX) {
            StreamRecord record = waiting.removeFirst();
            bytes += size(record);
            request.add(record);
        }
        List<PutOutcome> outcomes = (stream.equals(own) ? ownStreams : streams).put(stream, request);
        boolean progress = false;
        for (int i = request.size() - 1; i >= 0; i--) {
            switch (outcomes.get(i)) {
                case PutOutcome.Accepted _ -> progress = true;
                case PutOutcome.Refused _, PutOutcome.Unknown _ -> waiting.addFirst(request.get(i));
            }
        }
        return progress;
    }

    private static long size(StreamRecord record) {
        return (long) record.data().length + record.partitionKey().length();
    }
}
