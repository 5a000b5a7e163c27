package dev.weir.infra.lint;

import static dev.weir.infra.lint.Severity.ERROR;
import static dev.weir.infra.lint.Severity.WARNING;

import java.util.Locale;

/** What is looked at. The names are stable: silences name them. */
public enum Rule {
    ORDER_BEHIND_PARALLELIZATION(
            ERROR,
            "batches of one shard run side by side, so later events of a lane may be committed first, and the earlier ones are then"
                    + " taken for repeated ones and dropped",
            "parallelization 1; for more throughput more lanes and shards"),
    BATCH_OVER_TIMEOUT(
            ERROR,
            "the function is killed in every full batch; what it had committed stays, and the rest begins again, each time",
            "a longer time-out, more memory, or smaller batches"),
    TIMEOUT_BELOW_RESERVE(
            ERROR,
            "the function keeps some seconds back for its answer or its last object, and has no time left for its work",
            "a longer time-out"),
    COMMIT_OVER_ITEMS(
            ERROR,
            "all that one event leads to is one transaction, which DynamoDB refuses above 100 items: the event would be tried for ever",
            "fewer queues behind one event: a queue with a field that tells the kinds apart, or a second bot"),
    SPAN_OVER_RETENTION(
            ERROR,
            "a replay begins with what is still kept, and cannot build again what reaches further back: its results differ",
            "a longer retention, or a shorter span"),
    FAILURES_WITHOUT_PAYLOAD(
            ERROR,
            "a batch that is given up leaves its position behind and not its records, which are gone once the stream lets go of them",
            "a bucket as the failure destination, which gets the records"),
    RETRIES_END(
            ERROR,
            "the mapping passes a batch that Weir has not done: its events are missing until somebody puts them back, and the order of"
                    + " their keys is broken",
            "unlimited retries and age: what is wrong with an event is parked by the bot itself"),
    RETENTION_UNDER_RETRIES(
            ERROR,
            "the stream lets go of a record before the mapping gives it up, so that it reaches no failure destination",
            "a retention of the stream above the age at which records are given up"),
    RETENTION_SHORT(
            WARNING,
            "who is stopped on a Friday evening finds on Monday that its oldest events are gone",
            "a retention of the stream of three days or more"),
    DISTRIBUTION_AUTO(
            ERROR,
            "Kinesis spreads the records of a key over shards as it likes, so no key has an order",
            "record distribution by partition key"),
    SINK_NOT_IDEMPOTENT(
            WARNING,
            "what is done outside of the bus is done at least once: a run that is killed after it and before its commit does it again",
            "give the receiver the key that comes with each event, and declare the bot idempotent"),
    HOT_KEY(
            WARNING,
            "a key has one lane, one writer and one item: more lanes and shards do not help it",
            "a finer key; for a sum, a key that the table spreads; or one lane, if one order of all is what is wanted"),
    CONTENDED_QUEUE(
            WARNING,
            "each commit waits until it is the one that moves the head: lanes wait for each other, and commits are done again",
            "a queue of the bot's own, which has a head for each lane, unless readers need one order of all"),
    CONTENDED_BY_BOTS(
            ERROR,
            "several bots, each with many lanes, move one head: most commits lose, and are packed and paid for again",
            "a queue of its own for each bot and a reader of all of them, or one bot that merges them on one lane"),
    QUEUE_OWNED_TWICE(
            ERROR,
            "each bot draws ids above a head that it believes to be its own: each fences the other for ever",
            "another name for one of the queues, or a shared queue in both"),
    ALARM_MISSING(
            WARNING,
            "a bot that stands still, or parks what it gets, is noticed by who misses its results",
            "alarms on"),
    IDLE_SHARDS(
            WARNING,
            "a shard without a lane gets no record of Weir's writers, and is paid for",
            "as many shards as lanes, or fewer"),
    TICK_MISSING(ERROR, "windows and gaps end by the clock too, and nothing looks at the clock", "the tick on"),
    QUEUE_UNREAD(
            WARNING, "what is written is paid for, and nobody of this bus looks at it", "a reader, or no such end"),
    QUEUE_UNWRITTEN(
            WARNING,
            "the bot sleeps for ever if nobody puts events into this queue; a name may be mistyped",
            "the name of a queue that is written; a silence if programs outside of these bots write it"),
    CYCLE(
            WARNING,
            "an event that goes round makes another one each time, which is paid for until somebody stops a bot",
            "a step in the circle that lets an event end, and a silence that names it"),
    SHARED_READS(
            WARNING,
            "readers of a shard share 2 MB a second and 5 calls: none can catch up while the shard is written at its full rate",
            "one bot that writes queues for the others; more shards; or enhanced fan-out, each reader at its own price"),
    CONFIG_UNUSED(
            WARNING, "a name is mistyped, or a bot is gone: what was chosen for it has no effect", "the name of a bot"),
    OVER_BUDGET(ERROR, "the bill would be above what was set as its limit", "what is said where the money goes"),
    SILENCE_UNUSED(WARNING, "it hides the finding of tomorrow", "take it out");

    private final Severity severity;
    private final String why;
    private final String mend;

    Rule(Severity severity, String why, String mend) {
        this.severity = severity;
        this.why = why;
        this.mend = mend;
    }

    /** Its name in findings and silences: {@code idle-shards}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public Severity severity() {
        return severity;
    }

    /** Why it matters. */
    public String why() {
        return why;
    }

    /** What to do about it. */
    public String mend() {
        return mend;
    }
}
