package dev.weir.writer;

import dev.weir.port.StreamRecord;

/**
 * One encoded record, to be put until it is accepted: the same bytes with the same numbers each time.
 *
 * @param first number of its first event
 * @param events how many events it holds
 * @param bufferedBytes what it counts in the bound of the buffer
 * @param record what to put
 */
record Outgoing(long first, int events, long bufferedBytes, StreamRecord record) {

    long last() {
        return first + events - 1;
    }
}
