package dev.weir.pipeline;

import dev.weir.model.Json;

/** What a step with state is given while it takes one value. */
interface Turn extends Cell<Object>, Results<Object> {

    String key();

    /** Event time of the value, or of the timer. */
    long millis();

    /** Up to which time all events have come in; what is older is late. */
    long watermark();

    /** When what brought the value here arrived, by the clock on the wall, milliseconds since the epoch. */
    long arrival();

    /** Adds a result with an event time of its own. */
    void add(long millis, Object result);

    /** Sets a timer. */
    void timer(long millis);

    /** Sets a timer by the clock on the wall. */
    void wakeAt(long millis);

    /** Takes such a timer back. */
    void letSleep(long millis);

    /** What runs programs. */
    Programs programs();

    /** What names the program of this step and key. */
    Programs.Id program();

    /** Puts a value into a queue of the pipeline's own. */
    void write(String queue, Json value);

    /** Puts a value that came too late where late ones go. */
    void late(String reason, Json value);
}
