package dev.weir.graph;

/**
 * Where events come from.
 *
 * @param stream logical name of a Kinesis stream of the bus
 * @param decoder reads one event
 */
public record Source<T>(String stream, Decoder<T> decoder) {

    /** A stream, one event a JSON line: {@code Source.stream("transfers", Transfer.CODEC)}. */
    public static <T> Source<T> stream(String name, Decoder<T> decoder) {
        return new Source<>(Names.checked("stream", name), decoder);
    }
}
