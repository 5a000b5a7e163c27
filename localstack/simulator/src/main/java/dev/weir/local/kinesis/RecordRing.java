package dev.weir.local.kinesis;

import java.util.Objects;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * The records of one shard, oldest first: added at the end and removed at the front in constant time, found by binary search.
 *
 * <p>Holds what retention and {@link KinesisLimits#heldBytesMax} allow. Not thread-safe.
 */
final class RecordRing {

    private static final int CAPACITY_MIN = 16;

    private @Nullable HeldRecord[] slots = new HeldRecord[CAPACITY_MIN];
    private int head;
    private int size;

    int size() {
        return size;
    }

    HeldRecord get(int index) {
        return Objects.requireNonNull(slots[slot(index)]);
    }

    void add(HeldRecord record) {
        if (size == slots.length) {
            resize(size * 2);
        }
        slots[slot(size)] = record;
        size++;
    }

    HeldRecord removeFirst() {
        HeldRecord first = get(0);
        slots[head] = null;
        head = slot(1);
        size--;
        if (slots.length > CAPACITY_MIN && size < slots.length / 4) {
            resize(slots.length / 2);
        }
        return first;
    }

    /** Index of the first record with this sequence or a later one; {@link #size()} when there is none. */
    int firstFrom(long sequence) {
        return firstWith(HeldRecord::sequence, sequence);
    }

    /** Index of the first record that arrived then or later; {@link #size()} when there is none. */
    int firstArrivedFrom(long epochMillis) {
        return firstWith(HeldRecord::arrivalMillis, epochMillis);
    }

    private int firstWith(ToLongFunction<HeldRecord> ascending, long value) {
        int low = 0;
        int high = size;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (ascending.applyAsLong(get(middle)) < value) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** Capacities are powers of two, so the mask wraps. */
    private int slot(int index) {
        return (head + index) & (slots.length - 1);
    }

    private void resize(int capacity) {
        @Nullable HeldRecord[] moved = new HeldRecord[capacity];
        for (int i = 0; i < size; i++) {
            moved[i] = get(i);
        }
        slots = moved;
        head = 0;
    }
}
