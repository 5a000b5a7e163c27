package dev.weir.queue;

import dev.weir.model.Json;

/** Where a {@link QueueWriter} puts its lines: {@code StreamWriter::put} or {@code SteppedWriter::put} on the stream of the bus. */
@FunctionalInterface
public interface LineSink {

    /**
     * Takes one line, and copies it.
     *
     * @param key lines of one key keep their order
     */
    void put(String key, Json line);
}
