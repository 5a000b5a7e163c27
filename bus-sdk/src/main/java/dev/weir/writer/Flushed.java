package dev.weir.writer;

import java.util.Map;

/**
 * What a writer has in the stream.
 *
 * @param accepted the highest accepted number of each lane that has one, in the order of the lanes; every lower number of this writer is in
 *     the stream too
 * @param events accepted events, since the writer was opened
 * @param records accepted records, since the writer was opened
 * @param retries how often a record was put again, since the writer was opened
 */
public record Flushed(Map<Integer, Long> accepted, long events, long records, long retries) {}
