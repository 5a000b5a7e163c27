package dev.weir.bench;

import dev.weir.bench.race.Count;
import dev.weir.bench.race.Credit;
import dev.weir.bench.race.Job;
import dev.weir.bench.race.Transfer;
import dev.weir.graph.Graph;
import dev.weir.graph.Output;
import dev.weir.graph.Sink;
import dev.weir.graph.Source;
import dev.weir.graph.State;
import dev.weir.graph.StateCodec;
import dev.weir.graph.Table;
import dev.weir.model.Json;
import dev.weir.pipeline.Codec;
import dev.weir.pipeline.Feed;
import dev.weir.pipeline.Pipeline;
import dev.weir.pipeline.To;
import java.util.List;

/** The bots of Weir that are compared: with other systems, and as a pipeline with the same as a graph that is written by hand. */
enum WeirBot {
    /** {@link Job#TRANSFERS}. */
    TRANSFERS,
    /** As {@link #TRANSFERS}, by hand. */
    TRANSFERS_BY_HAND,
    /** How often each account was the source of a transfer, a result for each transfer. */
    SOURCES,
    /** As {@link #SOURCES}, by hand. */
    SOURCES_BY_HAND,
    /** {@link Job#WORDS}; a graph by hand cannot give a value another key on its way. */
    WORDS;

    /** The stream that all read. */
    static final String STREAM = "bench";

    /** The queue that all write. */
    static final String QUEUE = "bench.results";

    private static final Codec<Transfer> TRANSFER = Codec.of(Transfer.class);
    private static final Codec<Credit> CREDIT = Codec.of(Credit.class);
    private static final Codec<Count> COUNT = Codec.of(Count.class);

    /** What the spine runs. */
    Graph<?, ?, ?> graph() {
        return switch (this) {
            case TRANSFERS -> transfers().graph();
            case TRANSFERS_BY_HAND -> transfersByHand();
            case SOURCES -> sources().graph();
            case SOURCES_BY_HAND -> sourcesByHand();
            case WORDS -> words().graph();
        };
    }

    private static Pipeline transfers() {
        return Pipeline.of(
                "bench",
                Pipeline.from(Feed.stream(STREAM, TRANSFER))
                        .map(Transfer::credit)
                        .filter(Credit::passes)
                        .to(To.queue(QUEUE, CREDIT)));
    }

    private static Graph<?, ?, ?> transfersByHand() {
        return Graph.named("bench")
                .readFrom(Source.stream(STREAM, TRANSFER))
                .forEach((transfer, _) -> transfer.credit())
                .writeTo(Sink.queues(WeirBot::large));
    }

    private static List<Output> large(Credit credit) {
        return credit.passes() ? List.of(new Output.Payload(QUEUE, CREDIT.encode(credit))) : List.of();
    }

    private static Pipeline sources() {
        return Pipeline.of(
                "bench",
                Pipeline.from(Feed.stream(STREAM, TRANSFER))
                        .keyBy(Transfer::source)
                        .count("count")
                        .mapWithKey(Count::new)
                        .to(To.queue(QUEUE, COUNT)));
    }

    private static Graph<?, ?, ?> sourcesByHand() {
        return Graph.named("bench")
                .readFrom(Source.stream(STREAM, TRANSFER))
                .keyBy(Transfer::source)
                .mapWith(Table.of("counts", new Whole(), 0L, Long::sum), WeirBot::counted)
                .writeTo(Sink.queue(QUEUE, COUNT::encode));
    }

    private static Count counted(Transfer transfer, State<Long> counts) {
        long count = counts.get(transfer.source()) + 1;
        counts.put(transfer.source(), count);
        return new Count(transfer.source(), count);
    }

    private static Pipeline words() {
        return Pipeline.of(
                "bench",
                Pipeline.from(Feed.stream(STREAM, Codec.text()))
                        .flatMap(Job::words)
                        .keyBy("word", word -> word, Codec.text())
                        .count("count")
                        .mapWithKey(Count::new)
                        .to(To.queue(QUEUE, COUNT)));
    }

    private record Whole() implements StateCodec<Long> {
        private static final int DIGITS_MAX = 20;

        @Override
        public Json encode(Long value) {
            return Json.of(Long.toString(value));
        }

        @Override
        public Long decode(Json text) {
            return Long.valueOf(text.toString());
        }

        @Override
        public int encodedBytesMax(Long value) {
            return DIGITS_MAX;
        }
    }
}
