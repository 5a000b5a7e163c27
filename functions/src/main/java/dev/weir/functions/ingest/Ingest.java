package dev.weir.functions.ingest;

import dev.weir.flow.Bus;
import dev.weir.graph.Graph;
import dev.weir.graph.LineDecoder;
import dev.weir.graph.NoState;
import dev.weir.graph.Output;
import dev.weir.graph.Sink;
import dev.weir.graph.Source;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/**
 * The way of every event that is put on the bus: from the stream {@value Bus#EVENTS} to its queue.
 *
 * <p>Lines are RStreams envelopes, however they came (see {@link dev.weir.wire.RecordDecoder}), and all their fields are kept. Chunks,
 * heads, write checkpoints and the position in the stream are one commit. So a line is in its queue once, whatever fails; the order of a
 * producer who numbers his records is kept through failures and reshards, that of any other producer as the shard has it; and what becomes
 * visible in a queue is always above what was, however many shards write it. What is no line for a queue is parked with its text.
 */
public final class Ingest {

    /** The bot's name. */
    public static final String NAME = "ingest";

    /** The bot, keeping events in queues for {@link Sink#RETENTION}. */
    public static final Graph<BusLine, NoState, List<Output>> GRAPH = graph(Sink.RETENTION);

    private Ingest() {}

    /** The bot, keeping events so long; what is archived stays. */
    public static Graph<BusLine, NoState, List<Output>> graph(Duration retention) {
        LineDecoder<BusLine> decoder = BusLine::decode;
        return Graph.named(NAME)
                .readFrom(Source.stream(Bus.EVENTS, decoder))
                .forEach(BusLine::outputs)
                .writeTo(Sink.<List<Output>>queues(Function.identity()).keeping(retention));
    }
}
