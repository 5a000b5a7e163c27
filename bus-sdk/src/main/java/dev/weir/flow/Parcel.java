package dev.weir.flow;

import dev.weir.model.Json;
import dev.weir.model.SequenceNumber;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Consecutive events of one record that belong to one lane.
 *
 * @param origin the record
 * @param producer who numbered the events, or null for a foreign record
 * @param number the producer's number of the first event; meaningless without a producer
 * @param index place of the first event in the record, from 0
 * @param lines the events' JSON texts; for what could not be decoded its bytes
 * @param contents what the lines hold, one for each
 */
record Parcel<T>(
        Origin origin, @Nullable String producer, long number, int index, List<Json> lines, List<Content<T>> contents) {

    /** The record that an event came in. */
    record Origin(String shardId, SequenceNumber sequenceNumber, long arrivalMillis) {}

    int count() {
        return lines.size();
    }

    long bytes() {
        long bytes = 0;
        for (Json line : lines) {
            bytes += line.length();
        }
        return bytes;
    }

    /** The same parcel without its first events. */
    Parcel<T> from(int offset) {
        return offset == 0 ? this : between(offset, count());
    }

    /** Part of the parcel. */
    Parcel<T> between(int from, int to) {
        return new Parcel<>(
                origin, producer, number + from, index + from, lines.subList(from, to), contents.subList(from, to));
    }
}
