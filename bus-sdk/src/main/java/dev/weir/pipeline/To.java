package dev.weir.pipeline;

import dev.weir.graph.Names;
import java.net.URI;
import java.util.Map;
import java.util.function.Function;

/**
 * Where results of a pipeline go. They are in the commit of the event that they come from; what leaves the bus waits there in a queue of its
 * end, and a bot of its own takes it out, in order, again and again until it is done.
 *
 * @param <T> type of the results
 */
public sealed interface To<T> {

    /**
     * A queue that this pipeline alone writes. With several lanes each has a sub-queue of its own, so that lanes never wait for each
     * other; readers of the queue read all of them.
     *
     * @param queue logical name
     */
    record OwnQueue<T>(String queue, Codec<T> codec) implements To<T> {}

    /**
     * A queue that others write too: one log with one head and a total order, for which lanes wait for each other.
     *
     * @param queue name on the bus
     */
    record SharedQueue<T>(String queue, Codec<T> codec) implements To<T> {}

    /**
     * Another stream of the bus.
     *
     * @param stream logical name
     * @param key of a result: events of one key go into one lane
     */
    record Stream<T>(String stream, Function<? super T, String> key, Codec<T> codec) implements To<T> {}

    /** Something outside of the bus: by way of a queue {@code <bot>.<name>}, which a bot of that name reads. */
    sealed interface Outside<T> extends To<T> {
        /** Of the end, unique in its pipeline. */
        String name();

        /** Writes a result into the queue. */
        Codec<T> codec();

        /** Logical name of the queue in which results of the bot wait; at once the name of the bot that takes them out. */
        default String queueOf(String bot) {
            return bot + "." + name();
        }
    }

    /** Rows of a table of the bus: see {@link To#table}. */
    record Rows<T>(String name, Codec<T> codec) implements Outside<T> {}

    /** A function of the user's: see {@link To#function}. */
    record Call<T>(String name, Codec<T> codec, Delivery<T> delivery) implements Outside<T> {}

    /** Objects in the bus's bucket: see {@link To#files}. */
    record Files<T>(String name, Codec<T> codec, String schedule) implements Outside<T> {}

    /** Nowhere: the pipeline keeps state and no results. */
    record Nothing<T>() implements To<T> {}

    /** A queue of the pipeline's own: {@code To.queue("words.counted", Codec.of(WordCount.class))}. */
    static <T> To<T> queue(String name, Codec<T> codec) {
        return new OwnQueue<>(Names.checked("queue", name), codec);
    }

    /** A queue that others write too: {@code To.sharedQueue("audit", Codec.of(Order.class))}. */
    static <T> To<T> sharedQueue(String name, Codec<T> codec) {
        return new SharedQueue<>(Names.checked("queue", name), codec);
    }

    /**
     * Another stream of the bus, exactly once for the bots that read it: {@code To.stream("shipments", Order::customer,
     * Codec.of(Order.class))}.
     *
     * @param key 1 to 1,024 bytes of UTF-8: events of one key stay in order
     */
    static <T> To<T> stream(String name, Function<? super T, String> key, Codec<T> codec) {
        return new Stream<>(Names.checked("stream", name), key, codec);
    }

    /**
     * Rows of a table of the bus, one for each key of a stage with keys: the last result is the row. {@code To.table("prices",
     * Codec.of(Price.class))}.
     *
     * <p>A result is a JSON object; its fields become attributes of the item {@code key}, so that DynamoDB's enhanced client and anybody else
     * reads them as they are. A result whose codec writes {@code null} removes the row. Rows follow the commit within a moment, each in
     * the order of its results; {@code weir} in an item says which result it is.
     *
     * @param name logical name of the table; no other bot writes it
     */
    static <T> To<T> table(String name, Codec<T> codec) {
        return new Rows<>(Names.checked("table", name), codec);
    }

    /**
     * A function: {@code To.function("mails", Codec.of(Order.class), (order, key) -> mailer.send(order, key))}. It is called until it
     * returns; a service that is given the idempotency key does it once. Results of one lane come one after another, in order: so there are as
     * many calls at a time as there are lanes, and of a stage without keys one.
     */
    static <T> Call<T> function(String name, Codec<T> codec, Delivery<T> delivery) {
        return new Call<>(Names.checked("end", name), codec, delivery);
    }

    /**
     * A service: each result is a POST of its JSON with the header {@code Idempotency-Key}. {@code To.http("billing",
     * URI.create("https://billing.example/orders"), Codec.of(Order.class))}.
     *
     * <p>200 to 299 is done. 408, 425, 429, 500 and above, and no answer within 30 seconds, are tried again; any other parks the result.
     */
    static <T> Call<T> http(String name, URI uri, Codec<T> codec) {
        return http(name, uri, Map.of(), codec);
    }

    /**
     * The same with further headers: {@code To.http("billing", URI.create("https://billing.example/orders"), Map.of("X-Shop", "7"),
     * Codec.of(Order.class))}.
     */
    static <T> Call<T> http(String name, URI uri, Map<String, String> headers, Codec<T> codec) {
        return function(name, codec, new HttpDelivery<>(uri, headers, codec));
    }

    /**
     * Objects of JSON lines, compressed by gzip, in the bus's bucket: {@code files/<bot>.<name>/<queue>/<id of its first line>.jsonl.gz}.
     * {@code To.files("exports", Codec.of(Order.class), "0 * * * *")}.
     *
     * <p>Each result is in one object, once, and no object changes after it was written. The queue {@code <bot>.<name>.files} tells of each
     * of them.
     *
     * @param schedule when objects are written, of what is there since the last time: cron text of five or six fields
     */
    static <T> To<T> files(String name, Codec<T> codec, String schedule) {
        return new Files<>(Names.checked("end", name), codec, schedule);
    }

    /** Nowhere: {@code orders.to(To.nothing())}. */
    static <T> To<T> nothing() {
        return new Nothing<>();
    }
}
