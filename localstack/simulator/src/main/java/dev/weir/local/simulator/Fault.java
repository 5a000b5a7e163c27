package dev.weir.local.simulator;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What can go wrong. Each has a name, and the probability with which it strikes at each opportunity when everything is on. */
public enum Fault {
    /** A put of records is refused as a whole. */
    PUT_THROTTLED(0.02),
    /** Some records of a put are refused, the others are in the stream. */
    PUT_PARTIAL(0.03),
    /** A put does not arrive, and there is no answer. */
    PUT_LOST_REQUEST(0.01),
    /** The records are in the stream, and there is no answer. */
    PUT_LOST_ANSWER(0.02),
    /** The network delivers a put twice: its records are in the stream twice. */
    PUT_REPEATED(0.01),
    /** A put without an answer arrives seconds or minutes later. */
    PUT_LATE(0.01),
    /** The shards cannot be listed. */
    SHARDS_UNAVAILABLE(0.02),

    /** A read of the store gets no answer, however often it is tried. */
    READ_UNAVAILABLE(0.004),
    /** A write is throttled and not done. */
    WRITE_THROTTLED(0.02),
    /** A transaction is cancelled because another one is at work on an item of it. */
    TRANSACTION_CONFLICT(0.02),
    /** A write does not arrive, and there is no answer. */
    WRITE_LOST_REQUEST(0.01),
    /** A write is done, and there is no answer. */
    WRITE_LOST_ANSWER(0.02),
    /** A write without an answer arrives seconds or minutes later. */
    WRITE_LATE(0.01),
    /**
     * The network delivers a write again, seconds to half an hour later. A transaction's token makes the second one void for ten minutes;
     * after that, and for plain writes at once, only its conditions stand against it.
     */
    WRITE_REPEATED(0.01),
    /** A delete gets no answer, and is not done. */
    DELETE_UNAVAILABLE(0.01),
    /** A call takes seconds. */
    SLOW_CALL(0.01),

    /** A put of an object is refused: the store wants to be asked less often. */
    OBJECT_REFUSED(0.02),
    /** A put of an object does not arrive, and there is no answer. */
    OBJECT_LOST_REQUEST(0.01),
    /** An object is stored, and there is no answer. */
    OBJECT_LOST_ANSWER(0.02),
    /** A put of an object without an answer arrives seconds or minutes later, and may replace a newer one. */
    OBJECT_LATE(0.01),
    /** An object cannot be read, listed or deleted now. */
    OBJECT_UNAVAILABLE(0.01),

    /** A process is killed just before a call. */
    KILLED_BEFORE(0.003),
    /** A process is killed just after a call. */
    KILLED_AFTER(0.003),
    /** An invocation stands still at a call while the world goes on, within its time or far beyond it; then it goes on as if nothing was. */
    FROZEN(0.06),
    /** An invocation has hardly any time. */
    SHORT_OF_TIME(0.02),
    /** An invocation meets a new copy of the function. */
    COLD_START(0.08),
    /** A new copy is restored from the snapshot that the last one was restored from: what was drawn while it was made is the same. */
    SNAPSHOT(0.5),
    /** The clock of a copy is seconds off. */
    CLOCK_SKEW(0.3),
    /** The function cannot be invoked now. */
    NOT_INVOKED(0.02),
    /** The function's answer does not reach the mapping, which takes the batch for failed. */
    ANSWER_LOST(0.03),

    /** A shard is read again from an earlier place. */
    REWOUND(0.01),
    /** A second poller reads a shard for a while, from an earlier place. */
    SECOND_POLLER(0.01),
    /** Shards are split or merged, across lanes too. */
    RESHARD(0.04),
    /** A scheduled tick does not come. */
    TICK_MISSED(0.2),
    /** A scheduled tick comes twice. */
    TICK_TWICE(0.2),

    /** A producer crashes and sends everything again, in other records. */
    PRODUCER_CRASH(0.01),
    /** A record is sent after the one that follows it. */
    RECORD_SWAPPED(0.05),
    /** A part of what was sent is sent again. */
    RECORD_TWICE(0.04),
    /** A record comes after what waits for it was given up. */
    RECORD_LATE(0.004),
    /** A number is given to an event that is never sent. */
    NUMBER_SKIPPED(0.003),
    /** A line is no event, or pretends to be a command of the bot to itself. */
    BAD_LINE(0.02),

    /** A function cannot be started now, and whoever asks is told so. */
    START_REFUSED(0.02),
    /** The request to start a function does not arrive, and there is no answer. */
    START_LOST_REQUEST(0.01),
    /** A function will be started, and there is no answer. */
    START_LOST_ANSWER(0.02),
    /** A function that was to be started never is. */
    START_FORGOTTEN(0.02),
    /** A function is started twice for one request. */
    START_TWICE(0.05),
    /** A function is started seconds or minutes later. */
    START_LATE(0.03),
    /** Changes of a table never reach the function that waits for them. */
    CHANGES_LOST(0.03),
    /** Changes of a table come once more, after later ones. */
    CHANGES_TWICE(0.03),
    /** Changes of a table come seconds or minutes later. */
    CHANGES_LATE(0.03),
    /** An operator pauses a bot for a while. */
    BOT_PAUSED(0.02),
    /** An operator makes a bot run. */
    BOT_FORCED(0.03),
    /** An operator sets a bot's checkpoint back. */
    BOT_SET_BACK(0.03);

    private final double probability;

    Fault(double probability) {
        this.probability = probability;
    }

    /** The probability when everything is on, 0 to 1. */
    public double probability() {
        return probability;
    }

    /** The name in plans, for example {@code put-lost-answer}. */
    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static Optional<Fault> parse(String text) {
        return Stream.of(values()).filter(fault -> fault.text().equals(text)).findFirst();
    }
}
