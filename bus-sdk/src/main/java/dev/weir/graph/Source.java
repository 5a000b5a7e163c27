package dev.weir.graph;

import java.util.List;

/**
 * Where events come from: a stream, or one or more queues.
 *
 * <p>A bot on a stream is called with each batch of a shard. A bot on queues is woken when a queue has something new, and reads from its
 * checkpoints on until nothing is left. What the graph promises is the same for both: each event takes effect once, in the order of its
 * stream or queue for each key. Between two queues there is no order.
 *
 * @param from which stream or queues
 * @param decoder reads one event
 */
public record Source<T>(From from, Decoder<T> decoder) {

    /** Most queues that one bot reads. */
    public static final int QUEUES_MAX = 100;

    /** The stream through which programs write to all queues; lanes of bots on queues send each other nothing by it. */
    public static final String QUEUES_STREAM = "bus";

    /** What is read. */
    public sealed interface From {

        /** A Kinesis stream of the bus, by its logical name. */
        record Stream(String name) implements From {}

        /** Queues of the bus, 1 to {@value #QUEUES_MAX}, by their logical names. A queue that lanes write apart is read whole. */
        record Queues(List<String> names) implements From {
            public Queues {
                names = List.copyOf(names);
            }
        }
    }

    /** A stream, one event a JSON line: {@code Source.stream("transfers", Transfer.CODEC)}. */
    public static <T> Source<T> stream(String name, Decoder<T> decoder) {
        return new Source<>(new From.Stream(Names.checked("stream", name)), decoder);
    }

    /** A queue; the decoder gets each event's payload: {@code Source.queue("transfers.decided", Decided::decode)}. */
    public static <T> Source<T> queue(String name, Decoder<T> decoder) {
        return queues(List.of(name), decoder);
    }

    /** Several queues, each with a checkpoint of its own: {@code Source.queues(List.of("orders", "returns"), Line::decode)}. */
    public static <T> Source<T> queues(List<String> names, Decoder<T> decoder) {
        if (names.isEmpty()
                || names.size() > QUEUES_MAX
                || names.stream().distinct().count() < names.size()) {
            throw new IllegalArgumentException("a bot reads 1 to " + QUEUES_MAX + " different queues: queues=" + names);
        }
        names.forEach(name -> Names.checked("queue", name));
        return new Source<>(new From.Queues(names), decoder);
    }

    /** The logical name of the stream that is read; of queues {@code bus}, through which programs write to all of them. */
    public String stream() {
        return switch (from) {
            case From.Stream(String name) -> name;
            case From.Queues _ -> QUEUES_STREAM;
        };
    }

    /** The logical names of the queues that are read; empty if the source is a stream. */
    public List<String> queues() {
        return switch (from) {
            case From.Stream _ -> List.of();
            case From.Queues(List<String> names) -> names;
        };
    }
}
