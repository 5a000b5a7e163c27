package dev.weir.wire;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.function.Supplier;

/**
 * Keeps what is dear to make for whoever needs it next: native compressors take a quarter of a megabyte each, to be asked for and cleared.
 * As many are made as are in use at once; at most so many are kept. Thread-safe.
 */
final class Pool<T> {
    private final ArrayBlockingQueue<T> idle;
    private final Supplier<T> make;

    Pool(int keptMax, Supplier<T> make) {
        this.idle = new ArrayBlockingQueue<>(keptMax);
        this.make = make;
    }

    /** One that nobody else has until it is given back; what is not given back is forgotten. */
    T take() {
        T kept = idle.poll();
        return kept == null ? make.get() : kept;
    }

    void giveBack(T used) {
        boolean _ = idle.offer(used);
    }
}
