package dev.weir.graph;

import dev.weir.model.Json;

/**
 * A decoder of events of queues that is told which event it is given, and gets the whole line: the envelope and not its payload alone.
 * Must be pure and thread-safe, like every decoder.
 */
public interface EventDecoder<T> extends Decoder<T> {

    /**
     * Reads one event.
     *
     * @param queue physical name of the queue it came from
     * @param eid its full id
     * @param line the RStreams envelope, or what else the line is
     */
    Decoded<T> decode(String queue, String eid, Json line);

    /** Events that are in no queue have no id; they are refused. */
    @Override
    default Decoded<T> decode(Json text) {
        return Decoded.refused("the bot reads events of queues only: this one came another way");
    }
}
