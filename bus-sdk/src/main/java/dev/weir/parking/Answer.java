package dev.weir.parking;

/** What became of an operator's wish, as far as it is known when it was sent. */
public sealed interface Answer {

    /**
     * The command is in the stream and will be carried out by the lane, once, after what is before it. Until then, and if the bot fails
     * again, the event stays parked.
     *
     * @param lane the lane that carries it out
     */
    record Sent(int lane) implements Answer {}

    /** Nothing was sent: the event is not parked, or the key has no parked events. It may have been put back or dropped before. */
    record NotParked() implements Answer {}

    /**
     * Nothing was sent, because it could not succeed.
     *
     * @param reason one sentence: why, and what to do
     */
    record Refused(String reason) implements Answer {}

    /**
     * The stream, or the store, did not answer in time. The command may be on its way or not; to give it again is safe.
     *
     * @param reason for the log
     */
    record Unknown(String reason) implements Answer {}
}
