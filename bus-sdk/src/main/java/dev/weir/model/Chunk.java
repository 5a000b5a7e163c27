package dev.weir.model;

/**
 * The header of a record that a numbering producer wrote: the first line of its data,
 * {@code {"_cmd":"chunk","producer":"p","lane":3,"lanes":16,"seq":101}}.
 *
 * <p>Numbers count events, not records: the events of the record have the numbers {@code seq}, {@code seq + 1}, and so on, one a line.
 * So a producer that sends again may cut its events into other records, and each event keeps its number.
 *
 * @param producer id of the producer, 1 to 128 characters
 * @param lane the lane for which the numbers count, from 0
 * @param lanes how many lanes the producer believes the stream to have
 * @param seq number of the record's first event, from 1
 */
public record Chunk(String producer, int lane, int lanes, long seq) {}
