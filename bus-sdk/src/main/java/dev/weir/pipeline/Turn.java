package dev.weir.pipeline;

/** What a step with state is given while it takes one value. */
interface Turn extends Cell<Object>, Results<Object> {

    String key();

    /** Event time of the value, or of the timer. */
    long millis();

    /** Up to which time all events have come in; what is older is late. */
    long watermark();

    /** Sets a timer. */
    void timer(long millis);

    /** Puts a value that came too late where late ones go. */
    void late(String reason, dev.weir.model.Json value);
}
