package dev.weir.writer;

import dev.weir.model.Lanes;
import java.util.Map;

/**
 * One incarnation of a writer: who numbers, for which lanes of which stream, from where on.
 *
 * <p>Two writers that run at the same time must never share an id: their numbers would collide, and readers would drop events. A run that
 * is repeated with the same input takes the same id and the same first numbers; readers drop what they saw before.
 *
 * @param id 1 to {@value #ID_CHARS_MAX} characters; drawn by the caller
 * @param stream name of the stream
 * @param lanes the lanes of the stream
 * @param firstNumbers number of the first event, 1 to {@value #FIRST_NUMBER_MAX}, for lanes that do not start at 1
 */
public record Producer(String id, String stream, Lanes lanes, Map<Integer, Long> firstNumbers) {

    public static final int ID_CHARS_MAX = 128;
    /** 17 digits: the wire holds 18, so there is room to count on. */
    public static final long FIRST_NUMBER_MAX = 99_999_999_999_999_999L;

    public Producer {
        firstNumbers = Map.copyOf(firstNumbers);
        if (id.isEmpty() || id.length() > ID_CHARS_MAX) {
            throw new IllegalArgumentException(
                    "producer id must have 1 to " + ID_CHARS_MAX + " characters: length=" + id.length() + " id=" + id);
        }
        if (id.indexOf('/') >= 0) {
            throw new IllegalArgumentException(
                    "producer id must not contain a slash, which marks the lanes of bots: id=" + id);
        }
        firstNumbers.forEach((lane, number) -> {
            if (lane < 0 || lane >= lanes.count() || number < 1 || number > FIRST_NUMBER_MAX) {
                throw new IllegalArgumentException("first number of a lane must be 1 to " + FIRST_NUMBER_MAX
                        + ", the lane below " + lanes.count() + ": lane=" + lane + " firstNumber=" + number);
            }
        });
    }

    /** A producer whose lanes all start at number 1. */
    public static Producer fresh(String id, String stream, Lanes lanes) {
        return new Producer(id, stream, lanes, Map.of());
    }

    long firstNumber(int lane) {
        return firstNumbers.getOrDefault(lane, 1L);
    }

    /** The partition key of a lane's records. It is for people; the explicit hash key decides the shard. */
    String partitionKey(int lane) {
        return id + "/" + lane;
    }
}
