package dev.weir.graph;

import dev.weir.model.Json;

/** One thing that an event of a graph of several steps leads to, besides changes of state; see {@link Sink.Effects}. */
public sealed interface Effect {

    /** Most streams that a graph may send events to, besides its own. */
    int STREAMS_MAX = 5;

    /** Something for a queue that others may write too. */
    record Write(Output output) implements Effect {}

    /**
     * An event of a queue that this bot alone writes: of several lanes each has a sub-queue of its own.
     *
     * @param queue logical name
     * @param payload one JSON value
     */
    record Own(String queue, Json payload) implements Effect {}

    /**
     * An event for another stream of the bus, exactly once for bots that read it, and in the order in which this lane sends.
     *
     * @param stream logical name; not that of the stream that the bot itself reads
     * @param key 1 to 1,024 bytes of UTF-8: it goes into the lane of the key
     * @param payload one JSON value
     */
    record Send(String stream, String key, Json payload) implements Effect {}

    /**
     * An event that goes on in the lane of another key, exactly once and in the order in which this lane sends.
     *
     * @param key 1 to 1,024 bytes of UTF-8
     * @param line one JSON value that {@link Steps#arrived} reads
     */
    record Hop(String key, Json line) implements Effect {}
}
