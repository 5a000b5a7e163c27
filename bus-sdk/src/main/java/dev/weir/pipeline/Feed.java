package dev.weir.pipeline;

import dev.weir.graph.Names;
import dev.weir.graph.Puller;
import java.time.Instant;
import java.util.Optional;

/**
 * Where events of a pipeline come from.
 *
 * @param kind of what is read
 * @param name logical name of the stream or the queue; at once the name of the step
 * @param codec reads the payload of each event
 * @param origin what fills the queue, if the pipeline itself has to see to it
 */
public record Feed<T>(Kind kind, String name, Codec<T> codec, Optional<Origin> origin) {

    /** What is read. */
    public enum Kind {
        /** A Kinesis stream; a pipeline reads one of them, and then no queues. */
        STREAM,
        /** A queue of the bus; a pipeline reads any number of them. */
        QUEUE
    }

    public Feed {
        Names.checked(kind == Kind.STREAM ? "stream" : "queue", name);
    }

    /** A stream: {@code Feed.stream("orders", Codec.of(Order.class))}. */
    public static <T> Feed<T> stream(String name, Codec<T> codec) {
        return new Feed<>(Kind.STREAM, name, codec, Optional.empty());
    }

    /** A queue, all of its sub-queues: {@code Feed.queue("orders.paid", Codec.of(Order.class))}. */
    public static <T> Feed<T> queue(String name, Codec<T> codec) {
        return new Feed<>(Kind.QUEUE, name, codec, Optional.empty());
    }

    /**
     * The clock: an event for each moment of a schedule, with that moment: {@code Feed.schedule("nightly", "0 3 * * *")}. A moment that is
     * missed, since nothing ran, comes late and is not left out; of more than a thousand the last thousand come.
     *
     * @param name of the queue that gets them
     * @param schedule cron text of five or six fields, in UTC
     */
    public static Feed<Instant> schedule(String name, String schedule) {
        return filled(name, Codec.of(Instant.class), new Origin.Clock(schedule));
    }

    /**
     * What a function fetches: {@code Feed.pull("shop", "* * * * *", Codec.of(Order.class), shop::ordersAfter)}. What it fetched and where
     * it goes on are one commit.
     *
     * @param name of the queue that gets it
     * @param schedule when it is asked, until it has nothing new: cron text of five or six fields
     */
    public static <T> Feed<T> pull(String name, String schedule, Codec<T> codec, Puller puller) {
        return filled(name, codec, new Origin.Pulled(schedule, puller));
    }

    /**
     * Change data capture: each change of a row of a table of the bus, those of one row in order: {@code Feed.changes("prices",
     * Codec.of(Price.class))}. They come within seconds; what is older than 24 hours when it is looked at for the first time, or after a
     * longer pause, DynamoDB has no more, and an event of {@code <bot>.parked} says so.
     *
     * @param table logical name: the table that {@link To#table} of that name writes, or one that others write
     * @param codec of the rows; key attributes are fields too
     */
    public static <T> Feed<Change<T>> changes(String table, Codec<T> codec) {
        return filled(table + ".changes", new ChangeCodec<>(codec), new Origin.TableChanged(table));
    }

    /**
     * The lines of objects in the bus's bucket: {@code Feed.objects("imports", Codec.of(Order.class))} reads {@code imports/...}. Objects
     * are read in the order of their keys, each once and when it is whole: so a new one must have a key above those that were there, which
     * keys that begin with the date have. One that ends in {@code .gz} is unpacked. A line that is no JSON comes as a JSON string.
     *
     * @param name of the queue that gets them; their keys begin with it and a slash
     */
    public static <T> Feed<T> objects(String name, Codec<T> codec) {
        return filled(name, codec, new Origin.Objects(name + "/", Origin.EVERY_MINUTE));
    }

    private static <T> Feed<T> filled(String name, Codec<T> codec, Origin origin) {
        return new Feed<>(Kind.QUEUE, name, codec, Optional.of(origin));
    }
}
