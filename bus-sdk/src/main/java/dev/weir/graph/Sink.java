package dev.weir.graph;

import dev.weir.model.Json;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/** Where results go: queues of the bus, in the same commit as the state they came from. */
public sealed interface Sink<R> {

    /** How long the events of {@link #queues} are kept unless the bot says otherwise: as long as RStreams keeps them. */
    Duration RETENTION = Duration.ofDays(7);

    /**
     * A queue that this bot alone writes. With several lanes it is cut into a sub-queue per lane, so that lanes never wait for each
     * other.
     *
     * @param queue logical name
     * @param encoder one JSON object without raw newlines; pure and thread-safe
     */
    record OwnQueue<R>(String queue, Function<R, Json> encoder) implements Sink<R> {}

    /**
     * Queues that many may write: each is one log with one head, whichever lane, bot or function writes it. A commit that finds that
     * another one was faster takes new ids and tries again.
     *
     * @param outputs what a result writes, in order; may be nothing; pure and thread-safe
     * @param retention how long the events are kept
     */
    record SharedQueues<R>(Function<R, List<Output>> outputs, Duration retention) implements Sink<R> {
        public SharedQueues {
            if (retention.isNegative() || retention.isZero()) {
                throw new IllegalArgumentException("retention must be positive: retention=" + retention);
            }
        }

        /** The same, but the events are kept so long. */
        public SharedQueues<R> keeping(Duration duration) {
            return new SharedQueues<>(outputs, duration);
        }
    }

    /**
     * What the events of a graph of several steps lead to.
     *
     * @param effects of one result, in order; may be nothing; pure and thread-safe
     * @param own logical names of the queues that the graph alone writes
     * @param shared names of the queues that others write too
     * @param retention how long events of queues are kept
     */
    record Effects<R>(Function<R, List<Effect>> effects, List<String> own, List<String> shared, Duration retention)
            implements Sink<R> {
        public Effects {
            own = List.copyOf(own);
            shared = List.copyOf(shared);
        }
    }

    /** A queue of the bot's own: {@code Sink.queue("transfers.decided", Decided::json)}. */
    static <R> OwnQueue<R> queue(String name, Function<R, Json> encoder) {
        return new OwnQueue<>(Names.checked("queue", name), encoder);
    }

    /** Any number of queues, a result at a time: {@code Sink.queues(order -> List.of(new Output.Payload("orders.paid", order.json())))}. */
    static <R> SharedQueues<R> queues(Function<R, List<Output>> outputs) {
        return new SharedQueues<>(outputs, RETENTION);
    }
}
