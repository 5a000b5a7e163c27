package dev.weir.local.mapping;

import dev.weir.model.Record;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * The batch that is being gathered, and behind it what was read but no longer fits. Bounded by what {@link #recordsWanted} and
 * {@link #bytesWanted} let be read. Not thread-safe.
 */
final class Gathering {
    private final EventJson json;
    private final int sizeMax;
    private final List<Record> batch = new ArrayList<>();
    private final Deque<Record> behind = new ArrayDeque<>();
    private long bytes = EventJson.FRAME_BYTES;

    Gathering(EventJson json, int sizeMax) {
        this.json = json;
        this.sizeMax = sizeMax;
    }

    void add(List<Record> records) {
        behind.addAll(records);
        fill();
    }

    boolean isEmpty() {
        return batch.isEmpty();
    }

    /** The event may not grow: as many records as allowed, or the next one would break the payload limit. */
    boolean isFull() {
        return batch.size() == sizeMax || !behind.isEmpty();
    }

    /** Whether the next record alone breaks the payload limit. Then {@link #isEmpty} holds: it went nowhere. */
    boolean isBlockedByTooLarge() {
        return batch.isEmpty() && !behind.isEmpty();
    }

    int recordsWanted() {
        return sizeMax - batch.size();
    }

    /** Data that would fill the event; base64 makes four bytes of three. */
    int bytesWanted() {
        return (int) Math.max(1, (MappingSettings.EVENT_BYTES_MAX - bytes) / 4 * 3);
    }

    List<Record> take() {
        return take(batch.size());
    }

    /** Takes those records from the first on, without a gap, that arrived before a time; the others stay in the batch. */
    List<Record> takeArrivedBefore(long millis) {
        int count = 0;
        while (count < batch.size() && batch.get(count).arrivalMillis() < millis) {
            count++;
        }
        return count == 0 ? List.of() : take(count);
    }

    private List<Record> take(int count) {
        List<Record> head = batch.subList(0, count);
        List<Record> taken = List.copyOf(head);
        head.clear();
        bytes = EventJson.FRAME_BYTES;
        for (int i = 0; i < batch.size(); i++) {
            bytes += json.sizeOf(batch.get(i)) + (i > 0 ? 1 : 0);
        }
        fill();
        return taken;
    }

    Record takeTooLarge() {
        Record record = behind.removeFirst();
        fill();
        return record;
    }

    private void fill() {
        while (!behind.isEmpty() && batch.size() < sizeMax) {
            long grown = bytes + json.sizeOf(behind.getFirst()) + (batch.isEmpty() ? 0 : 1);
            if (grown > MappingSettings.EVENT_BYTES_MAX) {
                return;
            }
            bytes = grown;
            batch.add(behind.removeFirst());
        }
    }
}
